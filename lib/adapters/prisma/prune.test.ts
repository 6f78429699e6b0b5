import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { forgottenBefore, stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import type { CheckRecord } from '#lib/services/records.ts'
import { check } from '../storage/test-records.ts'
import type { Horizon } from '../storage/write-job.ts'
import { prune } from './prune.ts'
import { readChecks } from './read-checks.ts'
import { plainRollups, type RollupStage, stageRollups } from './rollup.fixture.ts'
import { testDatabases } from './test-database.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** 2026-03-29T22:30:00Z. */
const T0 = Date.UTC(2026, 2, 29, 22, 30)

const databases = testDatabases()
const stages: RollupStage[] = []
afterEach(async () => {
  for (const { client } of stages.splice(0)) await client.$disconnect()
})
afterAll(() => databases.remove())

async function stage() {
  const made = stageRollups(await databases.fresh())
  stages.push(made)
  return made
}

/** What housekeeping asks for at a time. */
function horizonAt(now: number, rawMs = 48 * HOUR): Horizon {
  const rollups = TIERS.slice(0, -1).map((tier) => forgottenBefore(tier, { now, rawMs }))
  return { checks: stretchAt(now - rawMs, MINUTE), rollups, decisions: 0, incidents: 0 }
}

async function pruneAll({ client, memory }: RollupStage, before: Horizon) {
  let steps = 1
  while (await prune(client, memory().names, before)) steps += 1
  return steps
}

const failure = (over: Partial<CheckRecord> = {}) =>
  check({
    class: 'provider_error',
    latencyMs: null,
    phases: null,
    kind: 'reset',
    message: 'it broke',
    ...over,
  })

const tierCounts = async ({ rollups }: RollupStage) => {
  const counts = [0, 0, 0, 0]
  for (const key of (await rollups()).keys()) counts[Number(key[0])] = (counts[Number(key[0])] ?? 0) + 1
  return counts
}

describe('pruning', () => {
  it('leaves each tier what it is kept for, and what is in no coarser one', async () => {
    const made = await stage()
    const days = [0, 1, 2, 3, 13, 14, 15, 16, 399, 400, 401, 402, 800]
    const checks = days.flatMap((ago) => [
      check({ at: T0 - ago * DAY }),
      check({ at: T0 - ago * DAY + 30_000 }),
    ])
    await made.write(checks.toReversed())
    await made.rollUpAll(T0 + HOUR)
    await pruneAll(made, horizonAt(T0))
    const left = [...(await made.rollups()).keys()].map((key) => {
      const [tier, , at] = key.split(' ').map(Number)
      return `${tier}: ${Math.floor((T0 - (at ?? 0)) / DAY)}`
    })
    const kept = (tier: number, last: number) =>
      days.filter((ago) => ago <= last).map((ago) => `${tier}: ${ago}`)
    const of = (tier: number) => new Set(left.filter((one) => one.startsWith(`${tier}:`)))
    // Five minutes from T0 on are not over, so that only minutes tell of today.
    const over = (one: string) => !one.endsWith(': 0')
    expect(of(0)).toEqual(new Set(kept(0, 2)))
    expect(of(1)).toEqual(new Set(kept(1, 14).filter(over)))
    expect(of(2)).toEqual(new Set(kept(2, 400).filter(over)))
    expect(of(3)).toEqual(new Set(kept(3, Infinity).filter(over)))
    expect(await made.count('checks')).toBe(6)
  })

  it('leaves what a late minute’s hour is counted again from', async () => {
    const made = await stage()
    const at = T0 - 40 * HOUR
    await made.write([check({ at }), check({ at: T0 })])
    await made.rollUpAll(T0 + HOUR)
    await made.write([check({ at: at + 2 * MINUTE })])
    // A day in which nothing was rolled up: the first minute is old enough, the late one still waits.
    await pruneAll(made, horizonAt(T0 + DAY))
    await made.rollUpAll(T0 + DAY)
    const day = [...(await made.rollups())].find(([key]) => key.startsWith('3 '))
    expect(day?.[1].byClass).toEqual({ ok: 2 })
  })

  it('keeps a tier for as long as the checks it was made of', async () => {
    const made = await stage()
    await made.write([check({ at: T0 - 20 * DAY }), check({ at: T0 })])
    await made.rollUpAll(T0 + HOUR)
    await pruneAll(made, horizonAt(T0, 30 * DAY))
    expect(await made.count('checks')).toBe(2)
    expect(await tierCounts(made)).toEqual([2, 1, 1, 1])
  })

  it('takes small steps', async () => {
    const made = await stage()
    const checks = Array.from({ length: 1_700 }, (_, place) =>
      (place % 2 === 0 ? check : failure)({
        at: T0 - 20 * DAY + place * MINUTE,
        providerId: `p${place % 3}`,
      }),
    )
    await made.write(checks)
    await made.write([check({ at: T0 })])
    await made.rollUpAll(T0 + HOUR)
    let [rows, minutes] = [await made.count('checks'), (await tierCounts(made))[0] ?? 0]
    while (await prune(made.client, made.memory().names, horizonAt(T0))) {
      const now: [number, number] = [await made.count('checks'), (await tierCounts(made))[0] ?? 0]
      expect(rows - now[0]).toBeLessThanOrEqual(500)
      expect(minutes - now[1]).toBeLessThanOrEqual(500)
      ;[rows, minutes] = now
    }
    expect([await made.count('checks'), (await tierCounts(made))[0]]).toEqual([1, 1])
    expect(await made.count('kept_failures')).toBe(150)
  })

  it('keeps the newest 50 failures of each provider with all they say, however they come', async () => {
    const made = await stage()
    const ago = (place: number) => ((place * 37) % 120) * MINUTE
    const failures = Array.from({ length: 120 }, (_, place) =>
      failure({
        at: T0 - 3 * DAY - ago(place),
        providerId: place % 4 === 0 ? 'beta' : 'acme',
        message: `no ${place}`,
      }),
    )
    await made.write([...failures, check({ at: T0 })])
    await made.rollUpAll(T0 + HOUR)
    await pruneAll(made, horizonAt(T0))
    const later = failure({ at: T0 - 2.5 * DAY, message: 'the newest', count: 3 })
    await made.write([later])
    await made.rollUpAll(T0 + HOUR)
    await pruneAll(made, horizonAt(T0))
    for (const [providerId, added] of [
      ['acme', [later]],
      ['beta', []],
    ] as const) {
      const query = { from: 0, to: T0 - DAY, cursor: null, limit: 500, providerId, class: null, source: null }
      const { items } = await readChecks(made.client, query, () => undefined)
      const expected = [...failures.filter((one) => one.providerId === providerId), ...added]
        .toSorted((a, b) => b.at - a.at)
        .slice(0, 50)
      expect(items.map(({ at, error, count }) => [Date.parse(at), error, count])).toEqual(
        expected.map(({ at, message, count }) => [at, message, count]),
      )
    }
  })

  it('forgets the messages of failures that are kept no longer, and no others', async () => {
    const made = await stage()
    await made.write([failure({ at: T0 - 4 * DAY, message: 'the first' }), check({ at: T0 })])
    await made.rollUpAll(T0 + HOUR)
    const messages = async () =>
      (
        await made.client.$queryRawUnsafe<{ name: string }[]>(
          `SELECT name FROM check_names WHERE type = 'message' ORDER BY id`,
        )
      ).map(({ name }) => name)
    await pruneAll(made, horizonAt(T0))
    expect(await messages()).toEqual(['the first'])
    await made.write(
      Array.from({ length: 50 }, (_, place) => failure({ at: T0 - 3 * DAY + place, message: 'later' })),
    )
    await made.rollUpAll(T0 + HOUR)
    await pruneAll(made, horizonAt(T0))
    expect(await messages()).toEqual(['later'])
  })

  const arrival = fc.record({
    agoMs: fc.oneof(fc.nat(5 * MINUTE), fc.nat(30 * HOUR)),
    providerId: fc.constantFrom('acme', 'beta'),
    source: fc.constantFrom('active' as const, 'passive' as const),
    class: fc.constantFrom(
      'ok' as const,
      'ok' as const,
      'provider_error' as const,
      'cancelled' as const,
      null,
    ),
    latencyMs: fc.integer({ min: 10, max: 90_000 }).map((tenths) => tenths / 10),
  })
  const action = fc.oneof(
    fc.record({
      type: fc.constant('write' as const),
      checks: fc.array(arrival, { minLength: 1, maxLength: 10 }),
    }),
    fc.record({ type: fc.constant('roll' as const), steps: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ type: fc.constant('wait' as const), ms: fc.oneof(fc.nat(HOUR), fc.nat(3 * DAY)) }),
    fc.record({ type: fc.constant('prune' as const), rawMs: fc.constantFrom(48 * HOUR, 72 * HOUR) }),
  )

  // Killed: checks deleted beyond the mark, or while they are late; a tier deleted beyond its parent's mark; the parent
  // recounted lower from what pruning left; a rollup pruned without a limit in time.
  it('never loses an outcome, whenever it runs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30, size: 'max' }), async (actions) => {
        const made = stageRollups(await databases.fresh())
        try {
          const written: CheckRecord[] = []
          let now = T0
          for (const act of actions) {
            if (act.type === 'write') {
              const rows = act.checks.map(({ agoMs, ...rest }) => check({ ...rest, at: now - agoMs }))
              await made.write(rows)
              written.push(...rows)
            } else if (act.type === 'wait') now += act.ms
            else if (act.type === 'prune') await pruneAll(made, horizonAt(now, act.rawMs))
            else for (let step = 0; step < act.steps; step += 1) await made.step(now)
          }
          // A day later, so that every day there was is over.
          const last = check({ at: now + 3 * DAY })
          await made.write([last])
          await made.rollUpAll(now + 4 * DAY)
          await pruneAll(made, horizonAt(now + 4 * DAY))
          const days = (all: ReturnType<typeof plainRollups>) =>
            new Map([...all].filter(([key]) => key.startsWith('3 ')))
          expect(days(await made.rollups())).toEqual(
            days(plainRollups([...written, last], await made.marks())),
          )
          expect(await made.count('checks')).toBe(1)
        } finally {
          await made.client.$disconnect()
        }
      }),
      { numRuns: 60 },
    )
  })
})
