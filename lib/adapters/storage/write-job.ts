import type {
  CheckRecord,
  DecisionCount,
  JournalEntry,
  KeptDecision,
  OutcomePart,
  StoredHealth,
} from '#lib/services/records.ts'

/** A check with the id it gets on disk. Ids rise in the order of arrival, so writing one twice is harmless. */
export type NumberedCheck = { id: number; check: CheckRecord }

/** Recorded outcomes with the id they get on disk, on the same terms. */
export type NumberedPart = { id: number; part: OutcomePart }

/**
 * Before when what may be forgotten, epoch ms: checks that are rolled up, rollups by tier that are in a coarser one, and
 * decisions.
 */
export type Horizon = {
  checks: number
  rollups: readonly number[]
  decisions: number
  /** Incidents that are over, with their story. */
  incidents: number
}

/** What is to be rolled up: all that is due now; above which latency each provider's success is slow, by its id. */
export type RollupTask = { now: number; slowMs: Readonly<Record<string, number>> }

/** What is to be packed: outcomes of the hours that are over; and which blocks may be forgotten. */
export type PackTask = { now: number; keptFrom: number }

/** One piece of writing. It either happens whole or not at all, and may be repeated without harm. */
export type WriteJob =
  | { type: 'entries'; entries: readonly JournalEntry[] }
  | { type: 'checks'; checks: readonly NumberedCheck[] }
  | { type: 'health'; rows: readonly StoredHealth[] }
  | { type: 'decisions'; decisions: readonly KeptDecision[] }
  | { type: 'counts'; counts: readonly DecisionCount[] }
  | { type: 'outcomes'; parts: readonly NumberedPart[] }
  /** Packs some of the recorded outcomes into blocks. */
  | ({ type: 'pack' } & PackTask)
  /** Adds up some of what has come in. */
  | ({ type: 'rollup' } & RollupTask)
  /** Deletes some of what is older than this. */
  | { type: 'prune'; before: Horizon }

/** What a job left: `more` is true when it was one step of several. */
export type WriteResult = { more: boolean }

/** Does one job. Rejects, in words an operator can read, when nothing of it was written. */
export type Write = (job: WriteJob) => Promise<WriteResult>

/** A job to try now, and whom to tell how it went. */
export type Attempt = { job: WriteJob; succeeded: (result: WriteResult) => void; failed: () => void }

/** The next job of one kind, or null when none is due; at the `ending` everything is due. One attempt at a time. */
export type NextAttempt = (ending: boolean) => Attempt | null
