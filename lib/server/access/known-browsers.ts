import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KnownBrowsers } from '#lib/services/access/desk.ts'
import { cookieLine, cookieName, cookieNamed, type CookieTerms } from './own-cookie.ts'

const NAME = 'switchyard.browser'
const LIFE_S = 180 * 86_400

/** Known browsers by a cookie that only this console can have made, and its terms. */
export function createKnownBrowsers(secret: string, terms: CookieTerms): KnownBrowsers {
  const proofOf = (id: string, accountId: string) =>
    createHmac('sha256', secret).update(`${id}.${accountId}`).digest('base64url')

  return {
    idOf: (cookie, accountId) => {
      const [id, proof] = cookieNamed(cookie, cookieName(NAME, terms))?.split('.') ?? []
      if (id === undefined || proof === undefined) return null
      return isEqual(proof, proofOf(id, accountId)) ? id : null
    },
    cookieFor: (accountId) => {
      const id = randomBytes(16).toString('base64url')
      return cookieLine(NAME, `${id}.${proofOf(id, accountId)}`, { ...terms, lifeS: LIFE_S })
    },
  }
}

function isEqual(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}
