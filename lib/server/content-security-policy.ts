/** Of an answer that is no page: nothing in it may load, run, or be framed, whatever a browser takes it for. */
export const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The request header by which a page learns the nonce of its policy; what a client sends under that name is dropped. */
export const NONCE_HEADER = 'x-nonce'

/**
 * A page's policy: only scripts that carry the nonce run, and those they load; nothing comes from elsewhere or goes
 * there, and nobody may frame it. Next puts the nonce that it reads here onto every script it writes.
 */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    // 'self' is for browsers that do not know 'strict-dynamic'; React's development build evaluates strings.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // A development server puts style sheets into elements.
    `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ''}`,
    // Charts and what the server draws are placed by attributes.
    "style-src-attr 'unsafe-inline'",
    // A chart becomes a picture by way of an image that its own drawing is written into.
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
