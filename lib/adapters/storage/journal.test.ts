import { afterEach, describe, expect, it } from 'vitest'
import type { JournalStatus } from '#lib/services/ports.ts'
import { startJournal } from './journal.ts'
import type { JournalLimits } from './journal-limits.ts'
import { check, entry, health, NOON } from './test-records.ts'
import { decisionCount, kept } from './test-routing-records.ts'
import type { WriteJob } from './write-job.ts'

const SOON = { timeout: 20_000, interval: 1 }
const NEVER_FLUSH = { checkFlushMs: 3_600_000, healthFlushMs: 3_600_000 }

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

type Disk = {
  fail: (job: WriteJob) => boolean
  hold: Promise<void> | null
  begun: number
  /** How many steps leave something. */
  more: number
  closed: boolean
}

/** A journal before a disk that does what the test says: it answers, fails, or waits to be told. */
function start(limits: Partial<JournalLimits> = {}) {
  const jobs: WriteJob[] = []
  const disk: Disk = { fail: () => false, hold: null, begun: 0, more: 0, closed: false }
  const journal = startJournal({
    write: async (job) => {
      disk.begun += 1
      await disk.hold
      if (disk.fail(job)) throw new Error('The disk is full.')
      jobs.push(structuredClone(job))
      if ((job.type !== 'prune' && job.type !== 'rollup') || disk.more === 0) return { more: false }
      disk.more -= 1
      return { more: true }
    },
    close: () => {
      disk.closed = true
      return Promise.resolve()
    },
    nextCheckId: 1,
    nextPartId: 1,
    limits: { retryFirstMs: 1, retryLastMs: 2, stepGapMs: 0, ...limits },
  })
  closers.push(() => journal.close(0))
  const checkIds = () => jobs.flatMap((job) => (job.type === 'checks' ? job.checks.map(({ id }) => id) : []))
  return { journal, disk, jobs, checkIds }
}

const HORIZON = { checks: NOON, rollups: [NOON - 3, NOON - 4], decisions: NOON - 1, incidents: 0 }

const marked = (mark: string) => entry({ providersDeleted: [mark] })
const marks = (jobs: readonly WriteJob[]) =>
  jobs.flatMap((job) => (job.type === 'entries' ? job.entries.map((one) => one.providersDeleted[0]) : []))

/** Holds the disk until told to go on. */
function holdDisk(disk: { hold: Promise<void> | null }) {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  disk.hold = promise
  return () => {
    disk.hold = null
    resolve(undefined)
  }
}

describe('entries', () => {
  it('are written in order, and many that wait share a transaction', async () => {
    const { journal, jobs } = start({ entryGroup: 3 })
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((mark) => journal.commit(marked(mark))))
    expect(marks(jobs)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(jobs.map((job) => (job.type === 'entries' ? job.entries.length : 0))).toEqual([3, 2])
  })

  it('go before checks that wait', async () => {
    const { journal, disk, jobs } = start({ checkBatch: 2, ...NEVER_FLUSH })
    const goOn = holdDisk(disk)
    for (let count = 0; count < 6; count += 1) journal.appendCheck(check())
    await Promise.resolve()
    const committed = journal.commit(marked('a'))
    goOn()
    await committed
    expect(jobs.map(({ type }) => type).indexOf('entries')).toBeLessThanOrEqual(1)
    await expect.poll(() => journal.status().waitingChecks, SOON).toBe(0)
  })

  it('are never dropped: what fails is tried again, in the same order, until it is written', async () => {
    const { journal, disk, jobs } = start()
    let failures = 5
    disk.fail = () => failures-- > 0
    await Promise.all(['a', 'b', 'c'].map((mark) => journal.commit(marked(mark))))
    expect(marks(jobs)).toEqual(['a', 'b', 'c'])
  })

  it('that cannot be written stop neither those before them nor the checks', async () => {
    const { journal, disk, jobs, checkIds } = start({ checkBatch: 1 })
    disk.fail = (job) =>
      job.type === 'entries' && job.entries.some((one) => one.providersDeleted[0] === 'bad')
    const good = journal.commit(marked('good'))
    const settled = { bad: false }
    void journal.commit(marked('bad')).then(() => (settled.bad = true))
    await good
    journal.appendCheck(check())
    await expect.poll(checkIds, SOON).toEqual([1])
    expect(marks(jobs)).toEqual(['good'])
    expect(settled.bad).toBe(false)
    expect(journal.status().waitingEntries).toBe(1)
  })
})

describe('checks', () => {
  it('wait for their batch to fill, and no longer than the flush time', async () => {
    const { journal, jobs, checkIds } = start({ checkBatch: 3, checkFlushMs: 5 })
    for (let count = 0; count < 4; count += 1) journal.appendCheck(check())
    await expect.poll(checkIds, SOON).toEqual([1, 2, 3, 4])
    expect(jobs).toHaveLength(2)
  })

  it('that failed are tried again, also when no more come to fill their batch', async () => {
    const { journal, disk, checkIds } = start({ checkBatch: 10, checkFlushMs: 1 })
    let failures = 3
    disk.fail = () => failures-- > 0
    journal.appendCheck(check())
    await expect.poll(checkIds, SOON).toEqual([1])
  })

  it('are dropped oldest first when too many wait, and counted', async () => {
    const { journal, disk, checkIds } = start({ waitingChecks: 5, checkBatch: 2, ...NEVER_FLUSH })
    disk.fail = () => true
    for (let count = 0; count < 12; count += 1) journal.appendCheck(check())
    expect(journal.status()).toMatchObject({ waitingChecks: 5, droppedChecks: 7 })
    disk.fail = () => false
    await journal.close(5_000)
    expect(checkIds()).toEqual([8, 9, 10, 11, 12])
  })

  it('under way count against the limit, and are not lost when their batch fails', async () => {
    const { journal, disk, checkIds } = start({ waitingChecks: 4, checkBatch: 2, ...NEVER_FLUSH })
    const goOn = holdDisk(disk)
    let failures = 1
    disk.fail = () => failures-- > 0
    journal.appendCheck(check())
    journal.appendCheck(check())
    await Promise.resolve()
    for (let count = 0; count < 3; count += 1) journal.appendCheck(check())
    expect(journal.status()).toMatchObject({ waitingChecks: 4, droppedChecks: 1 })
    goOn()
    await journal.close(5_000)
    expect(checkIds()).toEqual([1, 2, 4, 5])
  })
})

describe('averages', () => {
  it('are written once, as they were last', async () => {
    const { journal, jobs } = start({ healthFlushMs: 5 })
    for (const lastCheckAt of [1, 2, 3])
      journal.saveHealth([health('acme', { lastCheckAt: NOON + lastCheckAt })])
    await expect
      .poll(() => jobs, SOON)
      .toEqual([{ type: 'health', rows: [health('acme', { lastCheckAt: NOON + 3 })] }])
  })

  it('saved while older ones are under way are written after them', async () => {
    const { journal, disk, jobs } = start({ healthFlushMs: 1 })
    const goOn = holdDisk(disk)
    journal.saveHealth([health('acme', { lastCheckAt: NOON + 1 })])
    await expect.poll(() => disk.begun, SOON).toBe(1)
    journal.saveHealth([health('acme', { lastCheckAt: NOON + 2 })])
    goOn()
    await journal.close(5_000)
    expect(jobs.at(-1)).toEqual({ type: 'health', rows: [health('acme', { lastCheckAt: NOON + 2 })] })
  })

  it.each(['providersDeleted', 'providersReset'] as const)(
    'of an entry’s %s are not written any more',
    async (list) => {
      const { journal, jobs } = start()
      journal.saveHealth([health('acme'), health('other')])
      await journal.commit(entry({ [list]: ['acme'] }))
      await journal.close(5_000)
      expect(jobs.at(-1)).toEqual({ type: 'health', rows: [health('other')] })
    },
  )
})

describe('decisions', () => {
  const idsOf = (jobs: readonly WriteJob[]) =>
    jobs.flatMap((job) => (job.type === 'decisions' ? job.decisions.map(({ decision }) => decision.id) : []))

  it('wait for their batch to fill, and no longer than the flush time', async () => {
    const { journal, jobs } = start({ decisionBatch: 3, decisionFlushMs: 5 })
    for (const id of ['a', 'b', 'c', 'd']) journal.appendDecision(kept(id))
    await expect.poll(() => idsOf(jobs), SOON).toEqual(['a', 'b', 'c', 'd'])
    expect(jobs).toHaveLength(2)
    expect(journal.status()).toMatchObject({ waitingDecisions: 0, droppedDecisions: 0 })
  })

  it('are dropped oldest first when too many wait, and counted; those in flight count as waiting', async () => {
    const { journal, disk, jobs } = start({
      waitingDecisions: 3,
      decisionBatch: 2,
      decisionFlushMs: 3_600_000,
    })
    disk.fail = () => true
    for (const id of ['a', 'b', 'c', 'd', 'e']) journal.appendDecision(kept(id))
    await expect.poll(() => disk.begun, SOON).toBeGreaterThan(2)
    expect(journal.status()).toMatchObject({ waitingDecisions: 3, droppedDecisions: 2 })
    disk.fail = () => false
    expect(await journal.close(5_000)).toMatchObject({ lostDecisions: 0 })
    expect(idsOf(jobs)).toEqual(['c', 'd', 'e'])
  })

  it('that never reach the disk are told when the journal gives up', async () => {
    const { journal, disk } = start()
    disk.fail = () => true
    for (const id of ['a', 'b']) journal.appendDecision(kept(id))
    expect(await journal.close(10)).toEqual({ lostEntries: 0, lostChecks: 0, lostDecisions: 2 })
  })

  it('are counted in totals of which only the newest of each reason is written', async () => {
    const { journal, jobs } = start({ countFlushMs: 1 })
    const nobody = decisionCount(1, { providerId: null })
    journal.saveDecisionCounts([decisionCount(1), decisionCount(1, { reasonCode: 'panic' }), nobody])
    journal.saveDecisionCounts([decisionCount(2)])
    await expect
      .poll(() => jobs, SOON)
      .toEqual([
        { type: 'counts', counts: [decisionCount(2), decisionCount(1, { reasonCode: 'panic' }), nobody] },
      ])
  })

  it('do not keep checks from being written, nor checks them', async () => {
    const { journal, disk, jobs, checkIds } = start({ checkBatch: 1, decisionBatch: 1 })
    disk.fail = (job) => job.type === 'decisions'
    journal.appendDecision(kept('a'))
    journal.appendCheck(check())
    await expect.poll(checkIds, SOON).toEqual([1])
    disk.fail = () => false
    await expect.poll(() => idsOf(jobs), SOON).toEqual(['a'])
  })
})

describe('pruning', () => {
  it('goes on step by step until nothing is left, and not while the journal closes', async () => {
    const { journal, disk, jobs } = start()
    disk.more = 3
    journal.prune(HORIZON)
    await expect.poll(() => jobs.length, SOON).toBe(4)
    expect(jobs).toEqual(Array.from({ length: 4 }, () => ({ type: 'prune', before: HORIZON })))
    disk.more = Infinity
    journal.prune({ ...HORIZON, checks: NOON + 1 })
    await journal.close(5_000)
    expect(disk.closed).toBe(true)
  })

  it('takes the later of two times for each kind', async () => {
    const { journal, disk, jobs } = start()
    const goOn = holdDisk(disk)
    void journal.commit(marked('a'))
    await expect.poll(() => disk.begun, SOON).toBe(1)
    journal.prune({ checks: NOON, rollups: [7, 8], decisions: NOON + 9, incidents: 0 })
    journal.prune({ checks: NOON + 5, rollups: [6, 9], decisions: NOON, incidents: 0 })
    goOn()
    await expect
      .poll(() => jobs.at(-1), SOON)
      .toEqual({
        type: 'prune',
        before: { checks: NOON + 5, rollups: [7, 9], decisions: NOON + 9, incidents: 0 },
      })
  })

  it('comes after everything else', async () => {
    const { journal, disk, jobs } = start({ checkBatch: 1 })
    const goOn = holdDisk(disk)
    journal.prune(HORIZON)
    journal.appendCheck(check())
    const committed = journal.commit(marked('a'))
    goOn()
    await committed
    await expect.poll(() => jobs.map(({ type }) => type), SOON).toEqual(['entries', 'checks', 'prune'])
  })
})

describe('rolling up', () => {
  const task = (now: number) => ({ now, slowMs: { acme: 900 } })

  it('goes on step by step until nothing is due, with what was asked last', async () => {
    const { journal, disk, jobs } = start()
    disk.more = 2
    journal.rollUp(task(NOON))
    journal.rollUp(task(NOON + 1))
    await expect.poll(() => jobs.length, SOON).toBe(3)
    expect(jobs).toEqual(Array.from({ length: 3 }, () => ({ type: 'rollup', ...task(NOON + 1) })))
  })

  it('takes its step between the batches of checks that come without end, but behind entries', async () => {
    const { journal, disk, jobs } = start({ checkBatch: 1 })
    const goOn = holdDisk(disk)
    for (let row = 0; row < 5; row += 1) journal.appendCheck(check())
    await expect.poll(() => disk.begun, SOON).toBe(1)
    journal.rollUp(task(NOON))
    const committed = journal.commit(marked('a'))
    goOn()
    await committed
    await expect
      .poll(() => jobs.map(({ type }) => type), SOON)
      .toEqual(['checks', 'entries', 'rollup', 'checks', 'checks', 'checks', 'checks'])
  })
})

describe('the status', () => {
  it('turns impaired, in words, when writing goes on failing, and ok when it works again', async () => {
    const { journal, disk } = start({ impairedAfterMs: 20 })
    const heard: JournalStatus[] = []
    journal.onStatus((status) => heard.push(status))
    disk.fail = () => true
    const committed = journal.commit(marked('a'))
    await expect.poll(() => heard, SOON).toHaveLength(1)
    expect(heard[0]).toEqual({
      state: 'impaired',
      detail: 'The disk is full.',
      waitingEntries: 1,
      waitingChecks: 0,
      waitingDecisions: 0,
      droppedChecks: 0,
      droppedDecisions: 0,
    })
    disk.fail = () => false
    await committed
    await expect.poll(() => heard, SOON).toHaveLength(2)
    expect(heard[1]).toMatchObject({ state: 'ok', detail: null, waitingEntries: 0 })
  })

  it('turns impaired when the database does not answer at all', async () => {
    const { journal, disk } = start({ impairedAfterMs: 5 })
    const goOn = holdDisk(disk)
    const committed = journal.commit(marked('a'))
    await expect.poll(() => journal.status().state, SOON).toBe('impaired')
    expect(journal.status().detail).toBe('The database does not answer.')
    goOn()
    await committed
    await expect.poll(() => journal.status().state, SOON).toBe('ok')
  })

  it('stays impaired while one kind of job fails, though another succeeds', async () => {
    const { journal, disk, checkIds } = start({ impairedAfterMs: 5, checkBatch: 1 })
    disk.fail = (job) => job.type === 'entries'
    void journal.commit(marked('a'))
    await expect.poll(() => journal.status().state, SOON).toBe('impaired')
    journal.appendCheck(check())
    await expect.poll(checkIds, SOON).toEqual([1])
    expect(journal.status()).toMatchObject({ state: 'impaired', detail: 'The disk is full.' })
  })

  it('says nothing of a failure that passes quickly', async () => {
    const { journal, disk } = start({ impairedAfterMs: 60_000 })
    const heard: JournalStatus[] = []
    journal.onStatus((status) => heard.push(status))
    let failures = 3
    disk.fail = () => failures-- > 0
    await journal.commit(marked('a'))
    expect(heard).toEqual([])
  })

  it('is no longer told to a listener that left', async () => {
    const { journal, disk } = start({ impairedAfterMs: 1 })
    const heard: JournalStatus[] = []
    journal.onStatus((status) => heard.push(status))()
    disk.fail = () => true
    void journal.commit(marked('a'))
    await expect.poll(() => journal.status().state, SOON).toBe('impaired')
    expect(heard).toEqual([])
  })
})

describe('closing', () => {
  it('writes all that waits, whether due or not', async () => {
    const { journal, jobs, checkIds } = start(NEVER_FLUSH)
    journal.appendCheck(check())
    journal.saveHealth([health('acme')])
    journal.appendDecision(kept('a'))
    journal.saveDecisionCounts([decisionCount(1)])
    const committed = journal.commit(marked('a'))
    expect(await journal.close(5_000)).toEqual({ lostEntries: 0, lostChecks: 0, lostDecisions: 0 })
    await committed
    expect(checkIds()).toEqual([1])
    expect(jobs.map(({ type }) => type).toSorted()).toEqual([
      'checks',
      'counts',
      'decisions',
      'entries',
      'health',
    ])
  })

  it('gives up when the time is over, and says how much was lost', async () => {
    const { journal, disk } = start()
    disk.fail = () => true
    void journal.commit(marked('a'))
    void journal.commit(marked('b'))
    for (let count = 0; count < 3; count += 1) journal.appendCheck(check())
    expect(await journal.close(10)).toEqual({ lostEntries: 2, lostChecks: 3, lostDecisions: 0 })
    expect(disk.closed).toBe(true)
  })

  it('answers the same however often it is asked, and takes nothing more', async () => {
    const { journal, jobs } = start(NEVER_FLUSH)
    const closed = journal.close(5_000)
    journal.appendCheck(check())
    journal.saveHealth([health('acme')])
    journal.appendDecision(kept('a'))
    journal.saveDecisionCounts([decisionCount(1)])
    journal.prune(HORIZON)
    expect(await journal.close(5_000)).toEqual(await closed)
    expect(jobs).toEqual([])
  })
})
