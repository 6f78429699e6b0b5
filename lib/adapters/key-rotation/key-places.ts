import { existsSync } from 'node:fs'
import { ownKeyFile, type SecretKeySources } from '../secrets/load-secret-key.ts'

/** The data folder's key, the one that is to follow it, and the one that went before. */
export type KeyFiles = { current: string; next: string; old: string }

/** The data folder's key files; null where the key is somewhere else, which is not ours to change. */
export function keyFilesOf({ secretKey, secretKeyFile, dataDir }: SecretKeySources): KeyFiles | null {
  if (secretKey !== null || secretKeyFile !== null) return null
  const current = ownKeyFile(dataDir)
  return { current, next: `${current}.new`, old: `${current}.old` }
}

/** Whether a rotation has begun that is not known to have ended. */
export const isBegun = (files: KeyFiles | null): files is KeyFiles => files !== null && existsSync(files.next)
