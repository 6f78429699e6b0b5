import { describe, expect, it } from 'vitest'
import { stretchAt, TIERS } from './history-tiers.ts'

describe('the tiers of history', () => {
  it('are nested, in UTC days, and the coarser the longer kept', () => {
    const pairs = TIERS.slice(1).map((tier, index) => [TIERS[index] ?? tier, tier] as const)
    for (const [finer, coarser] of pairs) {
      expect(coarser.widthMs % finer.widthMs).toBe(0)
      expect(coarser.keptMs).toBeGreaterThan(finer.keptMs)
      expect(finer.forgottenByMs % coarser.widthMs).toBe(0)
    }
    expect(TIERS.at(-1)?.widthMs).toBe(86_400_000)
  })

  it('begin their stretches at multiples of the width, before 1970 too', () => {
    const day = 86_400_000
    const at = Date.parse('2026-03-29T01:30:00Z')
    expect(new Date(stretchAt(at, day)).toISOString()).toBe('2026-03-29T00:00:00.000Z')
    expect([stretchAt(0, day), stretchAt(day - 1, day), stretchAt(-1, day)]).toEqual([0, 0, -day])
  })
})
