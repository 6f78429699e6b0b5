import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Secrets } from '#lib/services/ports.ts'

/** The length of the key that seals, in bytes. */
export const SECRET_KEY_BYTES = 32

const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals with AES-256-GCM. A sealed text is `v1.KEYID.NONCE.DATA` in base64url: the version and the key's id are
 * authenticated too, and say what a later rotation must open it with. The id is a hash and tells nothing of the key.
 */
export function createSecrets(key: Buffer): Secrets {
  const id = createHash('sha256').update('switchyard key id').update(key).digest('base64url').slice(0, 8)
  const header = `${VERSION}.${id}`
  return {
    seal: (plain) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(
        Buffer.from(header),
      )
      const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${header}.${nonce.toString('base64url')}.${data.toString('base64url')}`
    },
    open: (sealed) => {
      const [version, keyId, nonce, data, ...rest] = sealed.split('.')
      if (version !== VERSION || data === undefined || rest.length > 0)
        throw new Error('Not a sealed text of a known version.')
      if (keyId !== id) throw new Error('Sealed with another secret key.')
      const bytes = Buffer.from(data, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce ?? '', 'base64url'), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(header)).setAuthTag(bytes.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      )
    },
  }
}
