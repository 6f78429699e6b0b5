import { describe, expect, it } from 'vitest'
import { FLAP_EVALUATIONS, flapShare, isQuiet, QUIET_HISTORY, recordFlap } from './flapping.ts'

const bitsOf = (newestLast: string) => Number.parseInt(newestLast.padStart(FLAP_EVALUATIONS, '0'), 2)
const through = (pattern: string) =>
  Array.from(pattern).reduce((history, letter) => recordFlap(history, letter === '1'), QUIET_HISTORY)

describe('flapShare', () => {
  it.each<[why: string, pattern: string, share: number]>([
    ['always good', '0', 0],
    ['always bad', '1'.repeat(21), 0],
    ['a change at every evaluation', '01'.repeat(10) + '0', 1],
    ['one change just now', '1', 1.2 / 20],
    ['one change as long ago as is seen', '0' + '1'.repeat(20), 0.8 / 20],
    ['two changes in the middle', '1' + '0'.repeat(10), (1.2 - (9 * 0.4) / 19 + 1.2 - (10 * 0.4) / 19) / 20],
  ])('of %s', (_why, pattern, share) => {
    expect(flapShare(bitsOf(pattern))).toBeCloseTo(share, 12)
  })
})

describe('recordFlap', () => {
  it('starts at 30 %: the sixth of changes in a row', () => {
    expect(through('10101').isFlapping).toBe(false)
    expect(through('101010').isFlapping).toBe(true)
  })

  it('stops under 20 %, and not before', () => {
    const shares: [number, boolean][] = []
    for (let quiet = 0; quiet <= 21; quiet += 1) {
      const { bits, isFlapping } = through('101010' + '0'.repeat(quiet))
      shares.push([flapShare(bits), isFlapping])
    }
    for (const [share, isFlapping] of shares) expect(isFlapping).toBe(share >= 0.2)
    expect(shares.some(([share, isFlapping]) => share < 0.3 && isFlapping)).toBe(true)
    expect(shares.at(-1)).toEqual([0, false])
  })

  it('does not start between the two', () => {
    const { bits, isFlapping } = through('10010')
    expect(flapShare(bits)).toBeGreaterThan(0.2)
    expect(isFlapping).toBe(false)
  })

  it('forgets what is older than 21 evaluations', () => {
    expect(isQuiet(through('1' + '0'.repeat(20)))).toBe(false)
    expect(isQuiet(through('1' + '0'.repeat(21)))).toBe(true)
  })

  it('gives the same history back when nothing changes', () => {
    const steady = through('1'.repeat(25))
    expect(recordFlap(steady, true)).toBe(steady)
  })
})
