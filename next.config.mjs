/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native bindings and thread-based packages must be loaded by Node itself, not bundled.
  serverExternalPackages: ['@libsql/client', 'libsql', '@prisma/adapter-libsql', '@prisma/client', 'undici', 'pino'],
  devIndicators: false,
}
