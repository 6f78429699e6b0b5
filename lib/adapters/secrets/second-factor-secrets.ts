import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { deriveSecret, SIGN_IN } from './derive-secret.ts'

/** Seals and opens second factors as better-auth does, with the secret that it gets of this key. */
export function createSecondFactorSecrets(secretKey: Buffer) {
  const key = deriveSecret(secretKey, SIGN_IN)
  return {
    seal: (data: string): Promise<string> => symmetricEncrypt({ key, data }),
    /** Rejects when the text was sealed with another key or was changed. */
    open: (data: string): Promise<string> => symmetricDecrypt({ key, data }),
  }
}
