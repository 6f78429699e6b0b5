/** What an answer's headers depend on. */
type Facts = {
  /** The answer's Content-Security-Policy. */
  policy: string
  /** How long a browser that speaks TLS shall insist on it; null: it is not told. */
  hstsMs: number | null
}

/** What every answer tells a browser, of pages and calls alike. */
export const securityHeaders = ({ policy, hstsMs }: Facts): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  ...(hstsMs === null ? {} : { 'strict-transport-security': `max-age=${Math.round(hstsMs / 1_000)}` }),
})
