import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { PrismaClient } from '#prisma/generated/client.ts'
import { newHistogram, recordValue } from '#lib/domain/histogram.ts'
import type { CheckRecord } from '#lib/services/records.ts'
import { check } from '../storage/test-records.ts'
import { readChecksSince } from './read-checks.ts'
import { CLASSES, dueAt, plainRollups, type RollupStage, stageRollups } from './rollup.fixture.ts'
import { testDatabases } from './test-database.ts'
import { otherProcess } from './test-process.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** 2026-03-29T22:30:00Z, so that a UTC day begins soon. */
const T0 = Date.UTC(2026, 2, 29, 22, 30)

const databases = testDatabases()
const stages: RollupStage[] = []
let writer: ReturnType<typeof otherProcess> | null = null
afterEach(async () => {
  await writer?.kill()
  for (const { client } of stages.splice(0)) await client.$disconnect()
})
afterAll(() => databases.remove())

async function stage() {
  const made = stageRollups(await databases.fresh())
  stages.push(made)
  return made
}

const every = (count: number, stepMs: number, over: (place: number) => Partial<CheckRecord> = () => ({})) =>
  Array.from({ length: count }, (_, place) => check({ at: T0 + place * stepMs, ...over(place) }))

/** A client whose transactions fail after all was written and before it is committed. */
const failing = (client: PrismaClient): PrismaClient =>
  new Proxy(client, {
    get: (target, name) =>
      name === '$transaction'
        ? (run: (db: unknown) => Promise<unknown>) =>
            target.$transaction(async (db) => {
              await run(db)
              throw new Error('the power went')
            })
        : (Reflect.get(target, name) as unknown),
  })

describe('a minute', () => {
  it('is rolled up two minutes after its end, not a millisecond before', async () => {
    const { write, rollUpAll, rollups } = await stage()
    await write([check({ at: T0 + 1 }), check({ at: T0 + 10 * MINUTE })])
    expect(await rollUpAll(T0 + 3 * MINUTE - 1)).toBe(0)
    expect(await rollups()).toEqual(new Map())
    await rollUpAll(T0 + 3 * MINUTE)
    expect([...(await rollups()).keys()]).toEqual([`0 acme ${T0} 0 `])
  })

  it('counts by class, source and model, active and passive apart', async () => {
    const { write, rollUpAll, rollups, marks } = await stage()
    const latencies = newHistogram()
    recordValue(latencies, 900, 3)
    recordValue(latencies, 1_500, 2)
    const checks = [
      ...CLASSES.map((outcomeClass) => check({ at: T0, class: outcomeClass })),
      check({ at: T0 + 5, latencyMs: 1_000.1 }),
      check({ at: T0 + 6, source: 'passive', model: 'gpt-4o', latencyMs: 1_140, count: 5, latencies }),
      check({ at: T0 + 6, source: 'passive', model: 'gpt-4o', class: 'provider_error', count: 7 }),
      check({ at: T0 + 7, source: 'passive', model: 'small', latencyMs: null, count: 4 }),
      check({ at: T0 + 8, class: null, skipped: 'traffic_proves', latencyMs: null }),
      check({ at: T0 + 59_999, providerId: 'beta', latencyMs: 1_200 }),
      check({ at: T0 + MINUTE }),
    ]
    await write(checks)
    await rollUpAll(T0 + 3 * MINUTE)
    const rolled = await rollups()
    expect(rolled).toEqual(plainRollups(checks, await marks()))
    expect(rolled.get(`0 acme ${T0} 0 `)).toMatchObject({ slow: 1, latencySumTenths: 11_206 })
    expect(rolled.get(`0 acme ${T0} 1 gpt-4o`)).toMatchObject({
      byClass: { ok: 5, provider_error: 7 },
      slow: 2,
    })
    expect(rolled.get(`0 beta ${T0} 0 `)).toMatchObject({ byClass: { ok: 1 }, slow: 0 })
  })

  it('needs no sketch for one or two latencies', async () => {
    const { write, rollUpAll, rollups, marks, count } = await stage()
    const checks = every(6, 30_000, (place) => ({ latencyMs: 100 + place * 50 }))
    await write(checks)
    await rollUpAll(T0 + HOUR)
    expect(await count('rollup_sketches')).toBe(0)
    expect(await rollups()).toEqual(plainRollups(checks, await marks()))
  })
})

describe('days', () => {
  it('are UTC days, whatever clocks do in summer', async () => {
    const { write, rollUpAll, rollups } = await stage()
    const midnight = Date.UTC(2026, 2, 30)
    await write([check({ at: midnight - 1 }), check({ at: midnight }), check({ at: midnight + DAY })])
    await rollUpAll(midnight + 2 * DAY)
    const days = [...(await rollups()).keys()].filter((key) => key.startsWith('3 '))
    expect(days).toEqual([`3 acme ${midnight - DAY} 0 `, `3 acme ${midnight} 0 `])
  })
})

describe('the work', () => {
  it('is done in small steps, however many providers and minutes there are', async () => {
    const { write, step, rollups, marks, client } = await stage()
    const many = Array.from({ length: 500 }, (_, place) => `p${String(place).padStart(3, '0')}`)
    const checks = [0, 1, 2, 3, 60].flatMap((minute) =>
      many.flatMap((providerId) => [
        check({ providerId, at: T0 + minute * MINUTE, latencyMs: 100 + minute }),
        check({ providerId, at: T0 + minute * MINUTE + 30_000, latencyMs: 300 }),
      ]),
    )
    for (let from = 0; from < checks.length; from += 200) await write(checks.slice(from, from + 200))
    let before = 0
    let more = true
    while (more) {
      more = await step(T0 + 2 * HOUR)
      const [row] = await client.$queryRawUnsafe<{ rows: bigint }[]>('SELECT count(*) AS rows FROM rollups')
      const rows = Number(row?.rows)
      expect(rows - before).toBeLessThanOrEqual(400)
      before = rows
    }
    expect(await rollups()).toEqual(plainRollups(checks, await marks()))
  })

  it('crosses a gap of years in a few steps', async () => {
    const { write, rollUpAll, rollups, marks } = await stage()
    const checks = [check({ at: T0 - 3 * 365 * DAY }), check({ at: T0 })]
    await write(checks)
    expect(await rollUpAll(T0 + 2 * DAY)).toBeLessThan(25)
    expect(await rollups()).toEqual(plainRollups(checks, await marks()))
    expect((await rollups()).size).toBe(5)
  })

  it('does nothing for a clock that jumped back, and goes on where it was', async () => {
    const { write, rollUpAll, rollups, marks } = await stage()
    const checks = every(40, 30_000)
    await write(checks)
    await rollUpAll(T0 + 10 * MINUTE)
    const before = [await rollups(), await marks()]
    expect(await rollUpAll(T0 - 5 * DAY)).toBe(0)
    expect([await rollups(), await marks()]).toEqual(before)
    await rollUpAll(T0 + HOUR)
    expect(await rollups()).toEqual(plainRollups(checks, await marks()))
  })

  it('does not run ahead of the checks when the clock does', async () => {
    const { write, rollUpAll, marks, count } = await stage()
    await write(every(10, 30_000))
    await rollUpAll(T0 + 365 * DAY)
    expect((await marks()).get(0)).toBe(T0 + 5 * MINUTE)
    await write([check({ at: T0 + 5 * MINUTE })])
    expect(await count('late_minutes')).toBe(0)
  })
})

describe('a check that comes late', () => {
  it('is folded into its minute and all that is above it', async () => {
    const { write, rollUpAll, rollups, marks, count } = await stage()
    const checks = every(6 * 60, 30_000)
    await write(checks)
    await rollUpAll(T0 + DAY)
    const late = [
      check({ at: T0 + 7 * MINUTE, latencyMs: 5_000 }),
      check({ at: T0 - 2 * DAY, providerId: 'beta' }),
    ]
    await write(late)
    expect(await count('late_minutes')).toBe(2)
    await rollUpAll(T0 + DAY)
    expect(await count('late_minutes')).toBe(0)
    expect(await rollups()).toEqual(plainRollups([...checks, ...late], await marks()))
  })

  it('does not lower what was counted while the rest of its minute was there', async () => {
    const { write, rollUpAll, rollups, client } = await stage()
    await write(every(20, 1_000))
    await write([check({ at: T0 + 10 * MINUTE })])
    await rollUpAll(T0 + HOUR)
    const before = await rollups()
    await client.$executeRawUnsafe('DELETE FROM checks WHERE at < ?', T0 + 5 * MINUTE)
    await write([check({ at: T0 + 3, latencyMs: 9_999 })])
    await rollUpAll(T0 + HOUR)
    expect(await rollups()).toEqual(before)
  })
})

describe('a crash', () => {
  it('between a step’s writing and its commit leaves nothing of it, and it is done again', async () => {
    const { write, step, restart, rollUpAll, rollups, marks, client } = await stage()
    const checks = every(300, 30_000)
    await write(checks)
    await step(T0 + 5 * MINUTE)
    const before = [await rollups(), await marks()]
    await expect(step(T0 + DAY, failing(client))).rejects.toThrow('the power went')
    expect([await rollups(), await marks()]).toEqual(before)
    restart()
    await rollUpAll(T0 + DAY)
    expect(await rollups()).toEqual(plainRollups(checks, await marks()))
  })

  it('of the thread without a crash of the step: what was moved is read again', async () => {
    const { write, step, rollUpAll, rollups, marks, client } = await stage()
    const checks = every(60, 30_000)
    await write(checks)
    await expect(step(T0 + DAY, failing(client))).rejects.toThrow('the power went')
    await rollUpAll(T0 + DAY)
    expect(await rollups()).toEqual(plainRollups(checks, await marks()))
  })
})

describe('kill -9 in the middle of rolling up', () => {
  it('repeats harmlessly at the next start', async () => {
    const path = await databases.fresh()
    writer = otherProcess(`
      import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
      import { check } from '#lib/adapters/storage/test-records.ts'
      const { journal } = await openStorage({ url: ${JSON.stringify(path)}, limits: { checkFlushMs: 1, stepGapMs: 0 } })
      let at = ${T0}
      for (let round = 1; ; round += 1) {
        for (let row = 0; row < 100; row += 1) {
          journal.appendCheck(check({ at, providerId: 'p' + (row % 7), latencyMs: 100 + row }))
          at += 5_000
        }
        journal.appendCheck(check({ at: at - 40 * 60_000 }))
        journal.rollUp({ now: at, slowMs: {} })
        await new Promise((resolve) => setTimeout(resolve, 3))
        if (round === 1) console.log('begun')
      }
    `)
    await writer.line()
    const made = stageRollups(path)
    stages.push(made)
    await expect.poll(async () => (await made.rollups()).size, { timeout: 25_000 }).toBeGreaterThan(300)
    await writer.kill()
    const { rows } = await readChecksSince(
      made.client,
      { since: 0, afterId: 0, limit: 1_000_000 },
      () => undefined,
    )
    await made.rollUpAll(T0 + 30 * DAY)
    expect(await made.rollups()).toEqual(plainRollups(rows, await made.marks()))
  })
})

const LATEST_MS = 4 * DAY
const traffic = fc
  .tuple(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 10, max: 4_000 }))
  .map(([count, ms]) => {
    const latencies = newHistogram()
    recordValue(latencies, ms, count - 1)
    recordValue(latencies, ms * 2, 1)
    return { count, latencies, latencyMs: Math.round(ms * 10 * (1 + 1 / count)) / 10 }
  })

/** A check that ended so long before it is written. */
const arrival = fc.record({
  agoMs: fc.oneof(
    { weight: 6, arbitrary: fc.nat(2 * MINUTE) },
    { weight: 2, arbitrary: fc.nat(20 * MINUTE) },
    { weight: 1, arbitrary: fc.nat(LATEST_MS) },
  ),
  providerId: fc.constantFrom('acme', 'acme', 'beta', 'gamma'),
  model: fc.constantFrom(null, 'gpt-4o', 'small'),
  source: fc.constantFrom('active' as const, 'passive' as const),
  class: fc.constantFrom(...CLASSES, 'ok' as const, 'ok' as const, 'ok' as const, null),
  latencyMs: fc.option(fc.integer({ min: 10, max: 100_000 }).map((tenths) => tenths / 10)),
  many: fc.option(traffic),
})
type Arrival = typeof arrival extends fc.Arbitrary<infer Value> ? Value : never

const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('write' as const),
      checks: fc.array(arrival, { minLength: 1, maxLength: 12 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('roll' as const), steps: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      ms: fc.oneof(fc.nat(3 * MINUTE), fc.nat(2 * HOUR), fc.nat(2 * DAY)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('jumpBack' as const), ms: fc.nat(DAY) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('crash' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
)

function checkOf({ agoMs, many, class: outcomeClass, ...rest }: Arrival, now: number): CheckRecord {
  const alike = outcomeClass === 'ok' && rest.source === 'passive' ? many : null
  return check({ ...rest, class: outcomeClass, at: now - agoMs, ...alike })
}

// Killed: see the list at the end of this file's suite.
describe('rollups', () => {
  it('are what a plain count of the checks is, whatever comes late, jumps or dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30, size: 'max' }), async (actions) => {
        const made = stageRollups(await databases.fresh())
        try {
          const written: CheckRecord[] = []
          let now = T0
          let latest = T0
          for (const act of actions) {
            if (act.type === 'write') {
              const checks = act.checks.map((one) => checkOf(one, now))
              await made.write(checks)
              written.push(...checks)
            } else if (act.type === 'roll') {
              for (let step = 0; step < act.steps; step += 1) await made.step(now)
            } else if (act.type === 'wait') now += act.ms
            else if (act.type === 'jumpBack') now -= act.ms
            else if (act.type === 'restart') made.restart()
            else await made.step(now, failing(made.client)).catch(() => made.restart())
            latest = Math.max(latest, now)
          }
          if (written.length === 0) return
          await made.rollUpAll(latest + HOUR)
          const marks = await made.marks()
          expect(await made.rollups()).toEqual(plainRollups(written, marks))
          expect(await made.count('late_minutes')).toBe(0)
          const counted = written.filter((one) => one.class !== null)
          if (counted.length > 0) expect(marks.get(0)).toBe(dueAt(written, latest + HOUR))
        } finally {
          await made.client.$disconnect()
        }
      }),
      { numRuns: 60 },
    )
  })
})
