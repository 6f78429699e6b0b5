import Database from 'libsql'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { ChunkWriter } from '#lib/domain/replay/chunk-writer.ts'
import { writePart } from '#lib/domain/replay/part.ts'
import type { ReplayRecord } from '#lib/domain/replay/record.ts'
import { checkAt, failedAt, POLICY, stateAt } from '#lib/domain/replay/replay.fixture.ts'
import type { ReplayQuery, Storage } from '#lib/services/ports.ts'
import type { OutcomePart } from '#lib/services/records.ts'
import { memoryStorage } from './memory/memory-storage.ts'
import { testDatabases } from './prisma/test-database.ts'
import type { PruningJournal } from './storage/journal.ts'
import { NOON } from './storage/test-records.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const SOON = { timeout: 20_000, interval: 5 }
const databases = testDatabases()
afterEach(() => databases.closeAll())
afterAll(() => databases.remove())

type Store = Storage & { journal: PruningJournal }

const chunk = (place: number, records: readonly ReplayRecord[]) => {
  const writer = new ChunkWriter(records[0]!.at, place)
  for (const record of records) writer.add(record)
  return writer.bytes()
}

/** Three hours of a check a minute, in which every 7th to 12th fails, as the recorder hands them on: ten minutes a part. */
function parts(providerIds = ['acme', 'beta']): OutcomePart[] {
  let place = 0
  return Array.from({ length: 18 }, (_, ten) => {
    const from = NOON + ten * 10 * MINUTE
    const records: ReplayRecord[] = Array.from({ length: 10 }, (_unused, i) => {
      const minute = ten * 10 + i
      return (minute % 30 > 6 && minute % 30 < 13 ? failedAt : checkAt)(NOON + minute * MINUTE + 400)
    })
    if (ten % 6 === 0) records.unshift(stateAt(from, { isStart: ten === 0 }))
    const data = writePart(providerIds.map((providerId) => ({ providerId, chunk: chunk(place, records) })))
    place += 20 + (ten % 6 === 0 ? 1 : 0)
    return { from, to: from + 10 * MINUTE - 1, data }
  })
}

const query = (over: Partial<ReplayQuery> = {}): ReplayQuery => ({
  providerId: 'acme',
  from: NOON,
  to: NOON + 3 * HOUR,
  policies: [POLICY, { ...POLICY, failureThreshold: 2 }],
  isBrief: false,
  ...over,
})
const patient = () => ({ signal: new AbortController().signal, onProgress: () => undefined })
const replayed = ({ replayer }: Store, over: Partial<ReplayQuery> = {}) =>
  replayer.replay(query(over), patient())

async function withParts(store: Store, given = parts()) {
  for (const part of given) store.journal.appendOutcomes(part)
  await expect.poll(async () => (await replayed(store)).outcomes, SOON).toBe(given.length * 10)
  return store
}

describe.each<[string, () => Promise<Store>]>([
  ['memory', () => Promise.resolve(memoryStorage())],
  ['prisma on SQLite', async () => databases.open(await databases.fresh())],
])('replay from %s', (_name, open) => {
  it('goes through what was recorded, under each of the sets of thresholds', async () => {
    const store = await withParts(await open())
    const { results, outages, recordedFrom, approximate } = await replayed(store)
    expect(outages).toHaveLength(6)
    expect(results.map(({ figures }) => figures.openings)).toEqual([6, 12])
    expect(results[0]!.transitions[0]!.transition).toMatchObject({
      to: 'open',
      cause: 'consecutive_failures',
    })
    expect([recordedFrom, approximate]).toEqual([NOON, 0])
  })

  it('knows nothing of others, nor of other times', async () => {
    const store = await withParts(await open(), parts(['acme']))
    expect(await replayed(store, { providerId: 'beta' })).toMatchObject({ outcomes: 0, recordedFrom: null })
    expect(await replayed(store, { from: NOON - 9 * HOUR, to: NOON })).toMatchObject({ outcomes: 0 })
    expect(await replayed(store, { from: NOON + HOUR, to: NOON + 2 * HOUR })).toMatchObject({ outcomes: 60 })
  })

  it('lists nothing where figures are enough', async () => {
    const store = await withParts(await open())
    const { results } = await replayed(store, { isBrief: true })
    expect(results[0]).toMatchObject({ transitions: [], figures: { openings: 6 } })
  })

  it('tells how far it is, and ends when nobody wants it any more', async () => {
    const store = await withParts(await open())
    const shares: number[] = []
    await store.replayer.replay(query(), { ...patient(), onProgress: (share) => shares.push(share) })
    expect(shares.at(-1)).toBe(1)
    const controller = new AbortController()
    const running = store.replayer.replay(query(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    // One that is done in a single step has nothing left to give up.
    await expect(
      running.then(
        () => 'done',
        () => 'given up',
      ),
    ).resolves.toMatch(/done|given up/)
    await expect(
      store.replayer.replay(query(), { ...patient(), signal: controller.signal }),
    ).rejects.toThrow()
  })

  it('forgets what is older than it is kept', async () => {
    const store = await withParts(await open())
    store.journal.packOutcomes({ now: NOON + 9 * HOUR, keptFrom: NOON + 2 * HOUR })
    await expect.poll(async () => (await replayed(store)).outcomes, SOON).toBe(60)
  })
})

describe('blocks on disk', () => {
  /** What is in a table, asked beside the threads. */
  const ask = (path: string, sql: string) => {
    const database = new Database(path)
    const rows = database.prepare(sql).all() as Record<string, number>[]
    database.close()
    return rows
  }
  const PARTS = 'SELECT count(*) AS count FROM outcome_parts'
  const BLOCKS = `SELECT n.name, (b.hour - ${NOON}) / ${HOUR} AS hour, b.outcomes, b.approximate, length(b.data) AS bytes
    FROM outcome_blocks b JOIN check_names n ON n.id = b.provider ORDER BY 1, 2`
  const KEPT = { keptFrom: NOON - 30 * 24 * HOUR }

  async function packed(path: string, store: Store, now: number, left: number) {
    store.journal.packOutcomes({ now, ...KEPT })
    await expect.poll(() => ask(path, PARTS)[0]?.count, SOON).toBe(left)
  }

  it('hold one provider’s hour each, and replay as the parts did', async () => {
    const path = await databases.fresh()
    const store = await withParts(await databases.open(path))
    const before = await replayed(store)
    await packed(path, store, NOON + 2.5 * HOUR, 6)
    expect(ask(path, BLOCKS)).toMatchObject(
      ['acme', 'beta'].flatMap((name) =>
        [0, 1].map((hour) => ({ name, hour, outcomes: 60, approximate: 0 })),
      ),
    )
    expect(await replayed(store)).toEqual(before)
    const bytes = ask(path, BLOCKS).map((row) => Number(row.bytes) / 60)
    expect(Math.max(...bytes), 'bytes an outcome').toBeLessThan(10)
  })

  it('take in what comes later, also after a restart with a clock that was set back', async () => {
    const path = await databases.fresh()
    const store = await withParts(await databases.open(path), parts().slice(0, 9))
    await packed(path, store, NOON + 2 * HOUR, 0)
    await databases.closeAll()
    const again = await databases.open(path)
    for (const part of parts().slice(9)) again.journal.appendOutcomes(part)
    for (const part of parts(['late']).slice(0, 6)) again.journal.appendOutcomes(part)
    await expect.poll(async () => (await replayed(again, { providerId: 'late' })).outcomes, SOON).toBe(60)
    await packed(path, again, NOON + 3 * HOUR, 0)
    expect(await replayed(again)).toMatchObject({ outcomes: 180 })
    expect(ask(path, BLOCKS)).toHaveLength(7)
  })

  it('that were written, but whose parts are still there, are not doubled', async () => {
    const path = await databases.fresh()
    await withParts(await databases.open(path))
    await databases.closeAll()
    const database = new Database(path)
    database.exec('CREATE TABLE aside AS SELECT * FROM outcome_parts')
    database.close()
    const store = await databases.open(path)
    await packed(path, store, NOON + 3 * HOUR, 0)
    const before = await replayed(store)
    await databases.closeAll()
    // As a crash between packing and deleting leaves it.
    const restored = new Database(path)
    restored.exec('INSERT INTO outcome_parts SELECT * FROM aside')
    restored.close()
    const again = await databases.open(path)
    expect(await replayed(again)).toEqual(before)
    await packed(path, again, NOON + 3 * HOUR, 0)
    expect(await replayed(again)).toEqual(before)
  })

  it('that are damaged are left out, with a warning, and stop nothing', async () => {
    const path = await databases.fresh()
    const warnings: string[] = []
    const store = await withParts(await databases.open(path, { warn: (warning) => warnings.push(warning) }))
    await packed(path, store, NOON + 3 * HOUR, 0)
    const database = new Database(path)
    database.exec(`UPDATE outcome_blocks SET data = x'0102' WHERE hour = ${NOON + HOUR}`)
    database.exec(`INSERT INTO outcome_parts ("from", "to", data) VALUES (${NOON}, ${NOON}, x'ff')`)
    database.close()
    await packed(path, store, NOON + 4 * HOUR, 0)
    expect(await replayed(store)).toMatchObject({ outcomes: 120 })
    expect(warnings.join()).toMatch(/cannot be read/)
  })
})
