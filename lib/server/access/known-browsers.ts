import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KnownBrowsers } from '#lib/services/access/desk.ts'

const NAME = 'switchyard.browser'
const LIFE_S = 180 * 86_400

/** Known browsers by a cookie that only this console can have made; `path` and `isSecure` are the cookie's. */
export function createKnownBrowsers(
  secret: string,
  { path, isSecure }: { path: string; isSecure: boolean },
): KnownBrowsers {
  const proofOf = (id: string, accountId: string) =>
    createHmac('sha256', secret).update(`${id}.${accountId}`).digest('base64url')

  return {
    idOf: (cookie, accountId) => {
      const [id, proof] = cookieNamed(cookie, NAME)?.split('.') ?? []
      if (id === undefined || proof === undefined) return null
      return isEqual(proof, proofOf(id, accountId)) ? id : null
    },
    cookieFor: (accountId) => {
      const id = randomBytes(16).toString('base64url')
      const attributes = [`Max-Age=${LIFE_S}`, `Path=${path}`, 'HttpOnly', 'SameSite=Lax']
      return [`${NAME}=${id}.${proofOf(id, accountId)}`, ...attributes, ...(isSecure ? ['Secure'] : [])].join(
        '; ',
      )
    },
  }
}

function isEqual(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** The value of a cookie; null without it. */
export function cookieNamed(header: string | null, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key = '', ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}
