import { createSecondFactorSecrets } from '../secrets/second-factor-secrets.ts'
import { createSecrets } from '../secrets/create-secrets.ts'

/** Ways in which values are sealed: providers' secrets by ours, second factors by better-auth's. */
export const SEALS = ['own', 'second-factor'] as const
export type Seal = (typeof SEALS)[number]

type Sealer = {
  seal: (plain: string) => string | Promise<string>
  open: (sealed: string) => string | Promise<string>
}

/** All that one secret key seals and opens. */
export type Keys = Readonly<Record<Seal, Sealer>>

export const keysOf = (secretKey: Buffer): Keys => ({
  own: createSecrets(secretKey),
  'second-factor': createSecondFactorSecrets(secretKey),
})

/** What is sealed in a text, or null when it is not of these keys. */
export async function opened(keys: Keys, seal: Seal, sealed: string): Promise<string | null> {
  try {
    return await keys[seal].open(sealed)
  } catch {
    return null
  }
}
