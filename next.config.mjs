/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native bindings and thread-based packages must be loaded by Node itself, not bundled.
  serverExternalPackages: [
    '@libsql/client',
    'libsql',
    '@prisma/adapter-libsql',
    '@prisma/client',
    'undici',
    'pino',
  ],
  devIndicators: false,
  // `npm test` checks the types of the whole project; a demo need not wait for those of the tests.
  typescript: { ignoreBuildErrors: true },
  // A development server writes no files into the tree.
  agentRules: false,
}
