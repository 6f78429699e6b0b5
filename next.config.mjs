import { basePathOf, buildFolderOf } from './lib/server/base-path.ts'

const basePath = basePathOf(process.env)

/** @type {import('next').NextConfig} */
export default {
  basePath,
  distDir: buildFolderOf(basePath),
  // For what asks our own server without Next's links and router.
  env: { SWITCHYARD_BASE_PATH: basePath },
  poweredByHeader: false,
  // Browsers and tools ask for it by this name, whatever a page says.
  rewrites: () => Promise.resolve([{ source: '/favicon.ico', destination: '/icon.svg' }]),
  reactStrictMode: true,
  // Native bindings and thread-based packages must be loaded by Node itself, not bundled; zod is there already, and would
  // be in memory once more for each page.
  serverExternalPackages: [
    '@libsql/client',
    'libsql',
    '@prisma/adapter-libsql',
    '@prisma/client',
    'undici',
    'pino',
    'zod',
  ],
  devIndicators: false,
  // `npm test` checks the types of the whole project; a demo need not wait for those of the tests.
  typescript: { ignoreBuildErrors: true },
  // A development server writes no files into the tree.
  agentRules: false,
  experimental: {
    // Each page brings code of its own into memory: those that nobody opens need not.
    preloadEntriesOnStart: false,
    // Else a build into a folder of its own would be written into tsconfig.json.
    strictRouteTypes: basePath !== '',
  },
}
