import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finestKept, forgottenBefore, stretchAt, TIERS } from '#lib/domain/history-tiers.ts'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { readHistory, resolutionOf } from './read-history.ts'
import { providerNamed, stageFleet, T0 } from './stage-fleet.fixture.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const keeping = { now: T0, rawMs: 48 * HOUR }

describe('the resolution of a range', () => {
  it.each([
    ['15 min', 15 * MINUTE, 0, 2 * SECOND],
    ['an hour', HOUR, 0, 5 * SECOND],
    ['just under 4 h', 4 * HOUR - 1, 0, 20 * SECOND],
    ['4 h', 4 * HOUR, 0, MINUTE],
    ['12 h', 12 * HOUR, 0, MINUTE],
    ['a day', DAY, 0, 2 * MINUTE],
    ['two days', 2 * DAY, 0, 5 * MINUTE],
    ['a week', 7 * DAY, 0, 15 * MINUTE],
    ['14 days', 14 * DAY, 0, 30 * MINUTE],
    ['30 days', 30 * DAY, 0, HOUR],
    ['90 days', 90 * DAY, 0, 3 * HOUR],
    ['400 days', 400 * DAY, 0, DAY],
    ['an hour three days ago', HOUR, 3 * DAY, 5 * MINUTE],
    ['half a day three days ago', 12 * HOUR, 3 * DAY, 5 * MINUTE],
    ['an hour 20 days ago', HOUR, 20 * DAY, HOUR],
    ['a week 399 days ago', 7 * DAY, 392 * DAY, HOUR],
    ['a week two years ago', 7 * DAY, 730 * DAY, DAY],
  ])('of %s is the finest of at most 720 points that is still kept', (_what, lengthMs, agoMs, expected) => {
    const to = T0 - agoMs
    expect(resolutionOf({ from: to - lengthMs, to }, 720, keeping)).toBe(expected)
  })

  it('is as fine as the checks are kept, where they are kept for longer', () => {
    const range = { from: T0 - 20 * DAY, to: T0 - 20 * DAY + HOUR }
    expect(resolutionOf(range, 720, { now: T0, rawMs: 30 * DAY })).toBe(5 * SECOND)
    expect(resolutionOf(range, 720, { now: T0, rawMs: HOUR })).toBe(HOUR)
  })

  // Killed: one width of a tier forgotten at once; a tier kept for less than its checks; the age of the range's end.
  it('never asks for what is forgotten, to the edge of the first bucket', () => {
    const days = fc.double({ min: 0, max: 500, noNaN: true })
    const ranges = fc.tuple(
      days,
      fc.double({ min: 0.001, max: 400, noNaN: true }),
      fc.integer({ min: 1, max: 2_000 }),
    )
    const kept = fc.constantFrom(HOUR, 48 * HOUR, 30 * DAY)
    fc.assert(
      fc.property(ranges, kept, fc.nat(DAY), ([ago, length, points], rawMs, sinceMidnight) => {
        const now = Date.UTC(2026, 4, 1) + sinceMidnight
        const to = now - ago * DAY
        const from = to - length * DAY
        const resolutionMs = resolutionOf({ from, to }, points, { now, rawMs })
        const begin = stretchAt(from, resolutionMs)
        const coarsest = TIERS.findLast(({ widthMs }) => resolutionMs % widthMs === 0)
        if (coarsest === undefined) expect(begin).toBeGreaterThanOrEqual(stretchAt(now - rawMs, MINUTE))
        else expect(begin).toBeGreaterThanOrEqual(forgottenBefore(coarsest, { now, rawMs }))
        expect(resolutionMs % finestKept(from, { now, rawMs })).toBe(0)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a history', () => {
  const stage = () => stageFleet(memoryStorage({ providers: [providerNamed('acme')] }))

  it('says its resolution, and may be as long as 400 days', async () => {
    const { engine } = stage()
    const history = await readHistory(engine, { providerId: 'acme', from: T0 - 400 * DAY, to: T0 })
    expect(history).toMatchObject({ resolutionMs: DAY, buckets: [] })
    await expect(
      readHistory(engine, { providerId: 'acme', from: T0 - 403 * DAY, to: T0 }),
    ).rejects.toMatchObject({ fields: [{ path: 'from', message: 'is more than 402 days before "to"' }] })
  })
})
