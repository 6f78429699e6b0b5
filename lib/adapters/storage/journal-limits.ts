/** How a journal queues and retries. Times in ms, sizes in rows or entries. */
export type JournalLimits = {
  /** Check rows that may wait; beyond it the oldest are dropped. */
  waitingChecks: number
  /** Rows of one batch: small, because an entry that comes meanwhile waits for it. */
  checkBatch: number
  /** How long a check may wait for its batch to fill. */
  checkFlushMs: number
  /** Entries of one transaction when many wait. */
  entryGroup: number
  /** Decisions that may wait; beyond it the oldest are dropped. */
  waitingDecisions: number
  /** A decision is some 2 KB, so there are fewer of them in a batch. */
  decisionBatch: number
  decisionFlushMs: number
  /** Parts of recorded outcomes that may wait: an hour of them. */
  waitingParts: number
  partBatch: number
  partFlushMs: number
  countBatch: number
  /** How long a count waits for a higher one. */
  countFlushMs: number
  healthBatch: number
  /** How long averages wait for newer ones of the same provider. */
  healthFlushMs: number
  /** The pause after a first failure; it doubles up to `retryLastMs`. */
  retryFirstMs: number
  retryLastMs: number
  /** How long a job may go without success before the journal calls itself impaired. */
  impairedAfterMs: number
  /** The pause between two steps of rolling up or pruning. */
  stepGapMs: number
}

export const JOURNAL_LIMITS: JournalLimits = {
  waitingChecks: 100_000,
  checkBatch: 200,
  checkFlushMs: 250,
  entryGroup: 100,
  waitingDecisions: 5_000,
  decisionBatch: 20,
  decisionFlushMs: 250,
  waitingParts: 720,
  partBatch: 10,
  partFlushMs: 250,
  countBatch: 200,
  countFlushMs: 250,
  healthBatch: 200,
  healthFlushMs: 250,
  retryFirstMs: 20,
  retryLastMs: 500,
  impairedAfterMs: 2_000,
  stepGapMs: 50,
}
