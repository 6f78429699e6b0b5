import { randomBytes } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { AppError } from '#lib/domain/errors.ts'
import { isDatabase, settleDatabase } from '../prisma/database-files.ts'
import { lockDatabase } from '../prisma/database-lock.ts'
import { examineDatabase } from '../prisma/inspect-database.ts'
import { migrationNames } from '../prisma/migration-names.ts'
import { SECRET_KEY_BYTES } from '../secrets/create-secrets.ts'
import { loadSecretKey, readKeyFile, type SecretKeySources } from '../secrets/load-secret-key.ts'
import { finishLocked } from './finish-rotation.ts'
import { keepOldKey, putNextKeyInPlace, writeNextKey } from './key-files.ts'
import { isBegun, type KeyFiles, keyFilesOf } from './key-places.ts'
import { keysOf } from './keys.ts'
import { resealDatabase, type Resealed } from './reseal-database.ts'

/** What has been done so far; the program may be killed before or after any of it. */
export type RotationStep = 'next_key_written' | 'database_resealed' | 'old_key_kept' | 'next_key_in_place'

type Rotation = SecretKeySources & {
  databasePath: string
  migrationsDir: string
  /** Holds the new key; null: one is made. */
  newKeyFile: string | null
  onStep: (step: RotationStep) => void
}

/** `finished`: an earlier rotation, which had been interrupted, and nothing else. `files` is null where the key is not in the data folder. */
export type Rotated = { did: 'finished' | Resealed; files: KeyFiles | null }

/**
 * Seals all that is sealed in the database with a new key, and puts that key in the place of the one in the data folder.
 * Rejects with `unavailable`, and nothing changed, when a Switchyard is running on the database, when a value opens with
 * neither key, or when the new key is none. Killed at any moment, it leaves a database and a key that go together, or
 * ones that `finishRotation` brings together.
 */
export async function rotateKey(rotation: Rotation): Promise<Rotated> {
  const { newKeyFile, migrationsDir } = rotation
  const files = keyFilesOf(rotation)
  if (!isDatabase(rotation.databasePath)) throw refusal(`There is no database ${rotation.databasePath}.`)
  // The lock of a running Switchyard is beside the file itself, whatever other names it has.
  const databasePath = realpathSync(rotation.databasePath)
  const lock = lockDatabase(databasePath)
  try {
    refuseUnusable(databasePath, migrationsDir)
    if (files !== null && (await finishLocked(files, databasePath))) return { did: 'finished', files }
    const old = currentKey(rotation, files)
    const next = nextKey(files, newKeyFile)
    if (next.equals(old)) throw refusal('The new key is the one that is in use already.')
    return { did: await replaceKey({ ...rotation, databasePath }, { files, old, next }), files }
  } finally {
    lock.release()
  }
}

async function replaceKey(
  { databasePath, onStep }: Rotation,
  { files, old, next }: { files: KeyFiles | null; old: Buffer; next: Buffer },
): Promise<Resealed> {
  const counts = await resealDatabase(databasePath, {
    old: keysOf(old),
    next: keysOf(next),
    beforeCommit: () => {
      if (files === null) return
      writeNextKey(files, next)
      onStep('next_key_written')
    },
  })
  onStep('database_resealed')
  if (files === null) return counts
  keepOldKey(files)
  onStep('old_key_kept')
  putNextKeyInPlace(files)
  onStep('next_key_in_place')
  return counts
}

const refusal = (message: string) => new AppError('unavailable', message)

function refuseUnusable(databasePath: string, migrationsDir: string) {
  const known = migrationNames(migrationsDir)
  const { applied } = examineDatabase(databasePath, known)
  if (applied.length < known.length)
    throw refusal(
      `The database ${databasePath} is of an older Switchyard: start this one on it once, stop it, and rotate then.`,
    )
  settleDatabase(databasePath)
}

/** A key that is missing is not made: it would open nothing. */
function currentKey(sources: SecretKeySources, files: KeyFiles | null): Buffer {
  if (files !== null && !existsSync(files.current))
    throw refusal(`There is no secret key ${files.current}: put it there, from where it is kept.`)
  if (files !== null && existsSync(files.old))
    throw refusal(
      `The old key of the rotation before is still there: move ${files.old} to where its backups are, or delete it.`,
    )
  return loadSecretKey(sources)
}

function nextKey(files: KeyFiles | null, newKeyFile: string | null): Buffer {
  const given = newKeyFile === null ? null : readKeyFile(newKeyFile)
  if (files === null && given === null)
    throw refusal(
      'The secret key comes from the environment, which cannot be changed from here: write a new one into a file and ' +
        'name it, npm run rotate-key -- --new-key-file FILE',
    )
  if (!isBegun(files)) return given ?? randomBytes(SECRET_KEY_BYTES)
  // What was left by a rotation that was killed is used, and never written over: another database may need it.
  const left = readKeyFile(files.next)
  if (given === null || left.equals(given)) return left
  throw refusal(
    `A rotation to another key was interrupted, which is ${files.next}: rotate without naming a key, or delete it.`,
  )
}
