/** Under which path of the host a cookie is sent, and whether by TLS alone. */
export type CookieTerms = { path: string; isSecure: boolean }

/**
 * The name under which a browser keeps a cookie of ours. With TLS it says so, which browsers hold all to that set one of
 * that name: nobody without TLS can, and nobody on another host of the domain where the cookie is the whole host's.
 */
export function cookieName(name: string, { path, isSecure }: CookieTerms): string {
  if (!isSecure) return name
  return `${path === '/' ? '__Host-' : '__Secure-'}${name}`
}

/** The `Set-Cookie` value of a cookie that scripts do not get, nor sites that embed us; a life of 0 s takes it away. */
export function cookieLine(
  name: string,
  value: string,
  { path, isSecure, lifeS }: CookieTerms & { lifeS: number },
): string {
  const attributes = [`Max-Age=${lifeS}`, `Path=${path}`, 'HttpOnly', 'SameSite=Lax']
  const named = `${cookieName(name, { path, isSecure })}=${value}`
  return [named, ...attributes, ...(isSecure ? ['Secure'] : [])].join('; ')
}

/** The value of a cookie; null without it. */
export function cookieNamed(header: string | null, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key = '', ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}
