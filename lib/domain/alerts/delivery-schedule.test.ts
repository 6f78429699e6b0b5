import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Attempts, GIVE_UP_AFTER_MS, nextAttemptAt } from './delivery-schedule.ts'

const attempts = (part: Partial<Attempts> = {}): Attempts => ({
  made: 1,
  firstAt: 1_000_000,
  lastAt: 1_000_000,
  retryAfterMs: null,
  ...part,
})
const MIDDLE = 0.5

describe('the next attempt', () => {
  it.each([
    ['comes a second after the first', {}, MIDDLE, 1_000],
    ['doubles its wait', { made: 4 }, MIDDLE, 8_000],
    ['waits 5 minutes at most', { made: 10 }, MIDDLE, 300_000],
    ['waits so however many there were', { made: 5_000 }, MIDDLE, 300_000],
    ['comes a fifth sooner at the least chance', { made: 4 }, 0, 6_400],
    ['comes a fifth later at the greatest', { made: 4 }, 1, 9_600],
    ['waits as long as it is asked to', { retryAfterMs: 45_000 }, MIDDLE, 45_000],
    ['does not come sooner because it was asked for less', { made: 10, retryAfterMs: 5 }, MIDDLE, 300_000],
    ['honours an hour of a longer wish', { retryAfterMs: 7_200_000 }, MIDDLE, 3_600_000],
  ] as const)('%s', (_why, part, chance, waitMs) => {
    expect(nextAttemptAt(attempts(part), chance)).toBe(1_000_000 + waitMs)
  })

  it('is given up when it would be more than a day after the first', () => {
    const lastAt = 1_000_000 + GIVE_UP_AFTER_MS - 300_000
    expect(nextAttemptAt(attempts({ made: 99, lastAt }), MIDDLE)).toBe(1_000_000 + GIVE_UP_AFTER_MS)
    expect(nextAttemptAt(attempts({ made: 99, lastAt: lastAt + 1 }), MIDDLE)).toBeNull()
  })

  it('is always later, by no less than was asked for, until it ends', () => {
    const input = fc.record({
      made: fc.integer({ min: 1, max: 2_000 }),
      spentMs: fc.integer({ min: 0, max: GIVE_UP_AFTER_MS }),
      retryAfterMs: fc.option(fc.integer({ min: 1, max: 10_000_000 })),
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(input, ({ made, spentMs, retryAfterMs, chance }) => {
        const firstAt = 1_000
        const lastAt = firstAt + spentMs
        const at = nextAttemptAt({ made, firstAt, lastAt, retryAfterMs }, chance)
        if (at === null) return
        expect(at - lastAt).toBeGreaterThanOrEqual(Math.max(800, Math.min(retryAfterMs ?? 0, 3_600_000)))
        expect(at - firstAt).toBeLessThanOrEqual(GIVE_UP_AFTER_MS)
      }),
    )
  })
})
