import { execFile } from 'node:child_process'
import { statfs } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '#lib/domain/errors.ts'
import type { DataStore } from '#lib/services/data-store.ts'
import type { DataReply, DataRequest } from './data-process.ts'
import { noteBackup, readLastBackup } from './last-backup.ts'
import type { readStoredParts } from './stored-parts.ts'

const execute = promisify(execFile)

/** A data store, and how to end what it has begun. */
export type DataKeeper = DataStore & { stop: () => void }

/**
 * The database at `path` as a whole. Each question has a process of its own, which runs `file`, so that nobody waits
 * for it, nothing of it stays in memory, and a stop ends it at once.
 */
export function createDataKeeper(path: string, file: string): DataKeeper {
  const folder = join(dirname(path), 'backups')
  const stopping = new AbortController()
  let isBackingUp = false

  async function ask(request: DataRequest): Promise<unknown> {
    const reply = await run(file, request, stopping.signal)
    if ('value' in reply) return reply.value
    throw new AppError('unavailable', reply.refusal)
  }

  async function backUp(at: number) {
    const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '')
    const to = join(folder, `${basename(path, extname(path))}-${stamp}Z.db`)
    const { bytes } = (await ask({ path, ask: 'backup', to })) as { bytes: number }
    const backup = { at: new Date(at).toISOString(), file: to, bytes }
    noteBackup(path, backup)
    return backup
  }

  return {
    facts: async () => ({
      file: path,
      backupFolder: folder,
      lastBackup: readLastBackup(path),
      diskFreeBytes: await freeBytes(dirname(path)),
      ...((await ask({ path, ask: 'parts' })) as ReturnType<typeof readStoredParts>),
    }),
    backUp: async (at) => {
      if (isBackingUp) throw new AppError('conflict', 'A backup is being made already.')
      isBackingUp = true
      try {
        return await backUp(at)
      } finally {
        isBackingUp = false
      }
    },
    stop: () => stopping.abort(),
  }
}

async function run(file: string, request: DataRequest, signal: AbortSignal): Promise<DataReply> {
  try {
    const { stdout } = await execute(process.execPath, [file, JSON.stringify(request)], { signal })
    return JSON.parse(stdout) as DataReply
  } catch (cause) {
    throw new AppError(
      'unavailable',
      signal.aborted ? 'The database is closed.' : 'The process that was to look at the database failed.',
      { cause },
    )
  }
}

/** Room on the disk of a folder; null where it cannot be told. */
const freeBytes = (folder: string) =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )
