import { AppError } from '#lib/domain/errors.ts'
import type { HistoryReader, Storage } from '#lib/services/ports.ts'
import type { RestoredState } from '#lib/services/records.ts'
import { type PruningJournal, startJournal } from '../storage/journal.ts'
import type { JournalLimits } from '../storage/journal-limits.ts'
import { applyJob } from './apply-job.ts'
import { memoryData } from './memory-data.ts'
import { type AnswersAtOnce, memoryReader } from './memory-reader.ts'
import { memoryReplayer } from './memory-replayer.ts'
import { memoryTables, type MemoryTables, restoredFrom } from './memory-tables.ts'

/** A database in memory, with the power to fail. */
export type MemoryStorage = Storage & {
  journal: PruningJournal
  /** The next `count` attempts to write fail; all of them until `recover` by default. */
  failWrites: (count?: number) => void
  /** The next `count` questions are refused with `unavailable`; all of them until `recover` by default. */
  failReads: (count?: number) => void
  recover: () => void
  /** Another start on what is in the database now, as after a crash: what waits to be written is not in it. */
  reopen: () => MemoryStorage
}

/** Tests do not wait for batches to fill. */
const EAGER: Partial<JournalLimits> = {
  checkFlushMs: 1,
  decisionFlushMs: 1,
  countFlushMs: 1,
  healthFlushMs: 1,
  partFlushMs: 1,
  retryFirstMs: 1,
  retryLastMs: 10,
  stepGapMs: 0,
}

/** A database in memory that behaves as the real one does, holding what `restored` says. */
export const memoryStorage = (
  restored: Partial<RestoredState> = {},
  limits: Partial<JournalLimits> = {},
): MemoryStorage => {
  const storage = openTables(memoryTables(restored), limits)
  return { ...storage, restored: { ...storage.restored, warnings: restored.warnings ?? [] } }
}

function openTables(tables: MemoryTables, limits: Partial<JournalLimits>): MemoryStorage {
  const failing = { writes: 0, reads: 0 }

  /** Throws when this is one of the attempts that are to fail. */
  function mayFail(what: 'writes' | 'reads') {
    if (failing[what] === 0) return
    failing[what] -= 1
    throw new AppError('unavailable', 'The database is locked by another program.')
  }

  const journal = startJournal({
    write: (job) =>
      answered(() => {
        mayFail('writes')
        return applyJob(tables, job)
      }),
    close: () => Promise.resolve(),
    nextCheckId: tables.nextCheckId,
    nextPartId: tables.nextPartId,
    limits: { ...EAGER, ...limits },
  })
  return {
    restored: restoredFrom(tables),
    journal,
    reader: failable(memoryReader(tables), () => mayFail('reads')),
    data: memoryData(tables, () => mayFail('reads')),
    replayer: memoryReplayer(tables, () => mayFail('reads')),
    failWrites: (count = Infinity) => {
      failing.writes = count
    },
    failReads: (count = Infinity) => {
      failing.reads = count
    },
    recover: () => {
      failing.writes = 0
      failing.reads = 0
    },
    reopen: () => openTables(structuredClone(tables), limits),
  }
}

/** What `work` answers or throws, as a promise. */
const answered = <Answer>(work: () => Answer) =>
  new Promise<Answer>((resolve) => {
    resolve(work())
  })

/** The reader, asking first whether it may answer; what it answers is a copy. */
function failable(reader: AnswersAtOnce, mayFail: () => void): HistoryReader {
  let isClosed = false
  const guarded =
    <Args extends unknown[], Answer>(ask: (...args: Args) => Answer) =>
    (...args: Args) =>
      answered(() => {
        if (isClosed) throw new AppError('unavailable', 'The database is closed.')
        mayFail()
        return structuredClone(ask(...args))
      })
  return {
    checks: guarded(reader.checks),
    history: guarded(reader.history),
    events: guarded(reader.events),
    stateBefore: guarded(reader.stateBefore),
    settingsVersions: guarded(reader.settingsVersions),
    settingsVersion: guarded(reader.settingsVersion),
    audit: guarded(reader.audit),
    decisions: guarded(reader.decisions),
    decision: guarded(reader.decision),
    incidents: guarded(reader.incidents),
    incident: guarded(reader.incident),
    deliveries: guarded(reader.deliveries),
    delivery: guarded(reader.delivery),
    openingsSince: guarded(reader.openingsSince),
    checksSince: guarded(reader.checksSince),
    close: () => {
      isClosed = true
      return Promise.resolve()
    },
  }
}
