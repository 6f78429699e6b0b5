const isDevelopment = process.env.NODE_ENV === 'development'

/** Nothing from elsewhere is loaded, nobody may frame the console, and nothing of it is sent elsewhere. */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const securityHeaders = [
  { key: 'content-security-policy', value: contentSecurityPolicy },
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=()' },
]

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
  // Bodies are kept for the handler after the guard has looked at the headers; one byte more than it reads is enough.
  experimental: { proxyClientMaxBodySize: '2mb' },
  headers: () => [{ source: '/:path*', headers: securityHeaders }],
}
