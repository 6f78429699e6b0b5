import { hkdfSync } from 'node:crypto'
import { SECRET_KEY_BYTES } from './create-secrets.ts'

/** The purpose of the secret that signs cookies and seals second factors. */
export const SIGN_IN = 'sign-in'

/**
 * A secret of its own for another purpose than sealing, in hexadecimal; the same for the same key and purpose. HKDF by
 * RFC 5869, whose salt may be left out where the key is uniformly random.
 */
export const deriveSecret = (key: Buffer, purpose: string): string =>
  Buffer.from(hkdfSync('sha256', key, '', purpose, SECRET_KEY_BYTES)).toString('hex')
