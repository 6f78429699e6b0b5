import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '#lib/domain/errors.ts'
import type { AccountStore, HistoryReader, Replayer, Storage } from '#lib/services/ports.ts'
import { makeFolder } from '../make-folder.ts'
import { type PruningJournal, startJournal } from '../storage/journal.ts'
import type { JournalLimits } from '../storage/journal-limits.ts'
import type { WriteResult } from '../storage/write-job.ts'
import { askPatiently } from './ask-patiently.ts'
import { createDataKeeper, type DataKeeper } from './data-keeper.ts'
import { type DatabaseLock, lockDatabase } from './database-lock.ts'
import type { Restored } from './read-restored.ts'
import type { ReaderRequest, RestoreRequest } from './reader-requests.ts'
import { replayBySteps } from '../storage/replay-by-steps.ts'
import type { ReplayRequest } from './replay-requests.ts'
import { linkWorker, type WorkerLink } from './worker-link.ts'

/** How long a thread may take to close its connection. */
const END_MS = 2_000
/** A replay makes short-lived objects by the million; in little room, clearing them away takes as long as the work. */
const REPLAY_YOUNG_MB = 32

export type OpenStorage = Storage & { journal: PruningJournal; accounts: AccountStore }

export type StorageOptions = {
  /** `file:` URL or plain path; relative ones start at the working directory. */
  url: string
  /** Told, in words, of rows that could not be read and of threads that had to be started anew. */
  warn?: (message: string) => void
  /** The project's folder, where the migrations are; the working directory by default. */
  root?: string
  /** The file, whole path, with the code of a thread or process of this name; by default the one in this folder. */
  codeFile?: (name: string) => string
  migrationsDir?: string
  limits?: Partial<JournalLimits>
}

/** The file that a database URL names, whole path. Throws `invalid_input` for a URL of another kind. */
export function databasePath(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url)
  if (url.startsWith('file:')) return resolve(url.slice('file:'.length))
  if (/^[a-z][a-z0-9+.-]+:/i.test(url)) {
    throw new AppError(
      'invalid_input',
      `A database is named by a file: URL or a path, not "${url.split(':')[0] ?? ''}:".`,
    )
  }
  return resolve(url)
}

/**
 * Opens the database, creating it and its folder where there are none, and brings it up to date. Rejects with
 * `unavailable`, in words for an operator and without touching the file, when it is newer than this program, damaged,
 * read-only, or in use by another process.
 */
export async function openStorage(options: StorageOptions): Promise<OpenStorage> {
  const root = options.root ?? process.cwd()
  const codeFile = options.codeFile ?? ((name) => join(root, 'lib/adapters/prisma', `${name}.ts`))
  const migrationsDir = options.migrationsDir ?? join(root, 'prisma/migrations')
  const path = realPath(databasePath(options.url))
  const warn = options.warn ?? (() => undefined)
  const link = (name: string, youngMb?: number) =>
    linkWorker({
      youngMb,
      file: codeFile(`${name}-worker`),
      setup: { path, migrationsDir },
      warn,
    })

  const lock = lockDatabase(path)
  const [preparation, reader, writer] = [link('prepare'), link('reader'), link('writer')]
  // It is not started before somebody wants a replay.
  const replay = link('replay', REPLAY_YOUNG_MB)
  try {
    // They load while the database is examined, and open it only when they are asked something.
    for (const thread of [preparation, reader, writer]) thread.warm()
    await preparation.ask('prepare').finally(() => preparation.end(END_MS))
    const restored = (await reader.ask({ ask: 'restored', args: [] } satisfies RestoreRequest)) as Restored
    const data = createDataKeeper(path, codeFile('data-process'))
    return storageOf(restored, { reader, writer, replay, data, lock, limits: options.limits })
  } catch (error) {
    await Promise.all([reader.end(END_MS), writer.end(END_MS)])
    lock.release()
    throw error
  }
}

/** The same file has one path, so that it has one lock. */
function realPath(path: string): string {
  try {
    makeFolder(dirname(path))
    return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path))
  } catch (error) {
    throw new AppError('unavailable', `The folder of the database ${path} cannot be created.`, {
      cause: error,
    })
  }
}

type Parts = {
  reader: WorkerLink
  writer: WorkerLink
  data: DataKeeper
  replay: WorkerLink
  lock: DatabaseLock
  limits: Partial<JournalLimits> | undefined
}

function storageOf(
  { restored, nextCheckId, nextPartId }: Restored,
  { reader, writer, replay, data, lock, limits }: Parts,
): OpenStorage {
  const journal = startJournal({
    write: async (job) => (await writer.ask(job)) as WriteResult,
    close: async () => {
      data.stop()
      await writer.end(END_MS)
      lock.release()
    },
    nextCheckId,
    nextPartId,
    limits,
  })
  const closeReaders = async () => {
    await Promise.all([reader.end(END_MS), replay.end(END_MS)])
  }
  return {
    restored,
    journal,
    reader: { ...readerOf(reader), close: closeReaders },
    replayer: replayerOf(replay),
    accounts: { ask: (query) => askPatiently(writer, { type: 'accounts', query }) },
    data,
  }
}

function replayerOf(link: WorkerLink): Replayer {
  /** Asks the thread; it answers each request in the type that goes with it. */
  const ask = <Answer>(request: ReplayRequest) => link.ask(request) as Promise<Answer>
  return replayBySteps({
    open: (query) => ask({ do: 'open', query }),
    step: (id) => ask({ do: 'step', id }),
    finish: (id) => ask({ do: 'finish', id }),
    drop: (id) => ask({ do: 'drop', id }),
  })
}

function readerOf(link: WorkerLink): Omit<HistoryReader, 'close'> {
  /** Asks the thread; it answers each question in the type the port gives it. */
  const ask = <Answer>(request: ReaderRequest) => link.ask(request) as Promise<Answer>
  return {
    checks: (query) => ask({ ask: 'checks', args: [query] }),
    history: (query) => ask({ ask: 'history', args: [query] }),
    events: (query) => ask({ ask: 'events', args: [query] }),
    stateBefore: (query) => ask({ ask: 'stateBefore', args: [query] }),
    settingsVersions: (query) => ask({ ask: 'settingsVersions', args: [query] }),
    settingsVersion: (version) => ask({ ask: 'settingsVersion', args: [version] }),
    audit: (query) => ask({ ask: 'audit', args: [query] }),
    decisions: (query) => ask({ ask: 'decisions', args: [query] }),
    decision: (id) => ask({ ask: 'decision', args: [id] }),
    incidents: (query) => ask({ ask: 'incidents', args: [query] }),
    incident: (id) => ask({ ask: 'incident', args: [id] }),
    deliveries: (query) => ask({ ask: 'deliveries', args: [query] }),
    delivery: (id) => ask({ ask: 'delivery', args: [id] }),
    openingsSince: (since) => ask({ ask: 'openingsSince', args: [since] }),
    checksSince: (...args) => ask({ ask: 'checksSince', args }),
  }
}
