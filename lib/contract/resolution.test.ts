import { describe, expect, it } from 'vitest'
import { RESOLUTIONS, resolutionFor } from './resolution.ts'

const HOUR = 3_600_000

describe('resolutionFor', () => {
  it.each([
    [HOUR, 360, 10_000],
    [HOUR, 3_600, 1_000],
    [HOUR, 240, 15_000],
    [24 * HOUR, 360, 300_000],
    [7 * 24 * HOUR, 336, 1_800_000],
    [HOUR, 1, HOUR],
    [400 * 24 * HOUR, 10, 24 * HOUR],
  ])('%i ms in at most %i points: %i ms', (rangeMs, points, expected) => {
    expect(resolutionFor(rangeMs, points)).toBe(expected)
  })

  it('is always a whole part of a UTC day, and finer ones come first', () => {
    expect(RESOLUTIONS.filter((width) => 86_400_000 % width !== 0)).toEqual([])
    expect([...RESOLUTIONS].sort((a, b) => a - b)).toEqual(RESOLUTIONS)
  })
})
