import { generateKeyPairSync, sign } from 'node:crypto'

/** A key that signs tokens. Making one takes a while, so that a file of tests makes few. */
export function rsaKey(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    privateJwk: { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' },
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' },
    /** A JWT that says `claims`. */
    signed: (claims: object): string => {
      const text = `${encoded({ alg: 'RS256', kid })}.${encoded(claims)}`
      return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`
    },
  }
}
