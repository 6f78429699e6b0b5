import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { AppError } from '#lib/domain/errors.ts'
import { makeFolder } from '../make-folder.ts'
import { SECRET_KEY_BYTES } from './create-secrets.ts'

/** Where the secret key may be: its text from the environment, a file named there, or the data folder's own file. */
export type SecretKeySources = { secretKey: string | null; secretKeyFile: string | null; dataDir: string }

/** Where the data folder has its own key. */
export const ownKeyFile = (dataDir: string): string => join(dataDir, 'secret.key')

const HOW_TO_WRITE = `${SECRET_KEY_BYTES} bytes as 64 hex digits or as base64`

/**
 * The key that provider keys are sealed with: from the environment, else from the file named there, else from the
 * data folder's `secret.key`, which is made with mode 600 when it is missing. Throws an `AppError` that says what is
 * wrong: a key that is none, two sources, a named file that is missing, or a file that others may read.
 */
export function loadSecretKey({ secretKey, secretKeyFile, dataDir }: SecretKeySources): Buffer {
  if (secretKey !== null && secretKeyFile !== null) {
    throw refusal('Give SWITCHYARD_SECRET_KEY or SWITCHYARD_SECRET_KEY_FILE, not both.')
  }
  if (secretKey !== null) return parseKey(secretKey, 'SWITCHYARD_SECRET_KEY')
  // A named file is never made: a misspelt path would quietly leave every sealed key behind.
  if (secretKeyFile !== null) return readKeyFile(secretKeyFile)
  const path = ownKeyFile(dataDir)
  makeIfMissing(dataDir, path)
  return readKeyFile(path)
}

/** The key in a file. Throws an `AppError` that says what is wrong with it. */
export function readKeyFile(path: string): Buffer {
  let text: string
  try {
    refuseIfOpenToOthers(path)
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw refusal(`The secret key file ${path} cannot be read: ${reasonOf(cause)}.`, cause)
  }
  return parseKey(text, `The secret key file ${path}`)
}

/** Windows keeps no mode that means this. */
function refuseIfOpenToOthers(path: string): void {
  const { mode } = statSync(path)
  if (platform() === 'win32' || (mode & 0o007) === 0) return
  const shown = (mode & 0o777).toString(8)
  throw refusal(`The secret key file ${path} is open to other users (mode ${shown}). Run: chmod 600 ${path}`)
}

function parseKey(text: string, source: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-fA-F]{64}$/.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)
      ? Buffer.from(trimmed, 'base64')
      : null
  if (key?.length === SECRET_KEY_BYTES) return key
  throw refusal(`${source} is no key: write ${HOW_TO_WRITE}.`)
}

/** Never writes over a key that is there: of two starts at once one makes the file, and both read it. */
function makeIfMissing(dataDir: string, path: string): void {
  try {
    makeFolder(dataDir, 0o700)
    const text = `${randomBytes(SECRET_KEY_BYTES).toString('hex')}\n`
    writeFileSync(path, text, { flag: 'wx', mode: 0o600, flush: true })
  } catch (cause) {
    // A folder that cannot be written may still hold the key.
    if (codeOf(cause) === 'EEXIST' || existsSync(path)) return
    throw refusal(`The secret key file ${path} cannot be made: ${reasonOf(cause)}.`, cause)
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}
const reasonOf = (error: unknown): string => REASONS[codeOf(error)] ?? (codeOf(error) || String(error))

const refusal = (message: string, cause?: unknown): AppError =>
  new AppError('unavailable', message, { cause })
