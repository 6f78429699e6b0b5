import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FLAP_EVALUATIONS,
  flapShare,
  forgottenAt,
  isSteady,
  keptHistory,
  QUIET_HISTORY,
  recordFlap,
  ROUND_MS,
  roundOf,
  type FlapHistory,
} from './flapping.ts'

const T0 = 1_700_000_040_000
const bitsOf = (newestLast: string) => Number.parseInt(newestLast, 2)

/** One look a round: 1 bad, 0 good, - nobody knows. */
const through = (pattern: string, from: FlapHistory = QUIET_HISTORY, roundMs = ROUND_MS, startAt = T0) =>
  Array.from(pattern).reduce(
    (history, letter, index) =>
      recordFlap(history, {
        isBad: letter === '-' ? null : letter === '1',
        at: startAt + index * roundMs,
        roundMs,
      }),
    from,
  )
const look = (history: FlapHistory, isBad: boolean | null, afterMs: number) =>
  recordFlap(history, { isBad, at: T0 + afterMs, roundMs: ROUND_MS })

describe('flapShare', () => {
  it.each<[why: string, changes: string, share: number]>([
    ['no change', '0', 0],
    ['a change in every round', '1'.repeat(20), 1],
    ['one change just now', '1', 1.2 / 20],
    ['one change as long ago as is seen', '1' + '0'.repeat(19), 0.8 / 20],
    ['two changes in the middle', '11' + '0'.repeat(9), (1.2 - (9 * 0.4) / 19 + 1.2 - (10 * 0.4) / 19) / 20],
  ])('of %s', (_why, changes, share) => {
    expect(flapShare(bitsOf(changes))).toBeCloseTo(share, 12)
  })
})

describe('recordFlap', () => {
  it('starts at 30 %: the sixth of changes in a row', () => {
    expect(through('10101').isFlapping).toBe(false)
    expect(through('101010').isFlapping).toBe(true)
  })

  it('stops when a round ends with less than 20 %, and not before', () => {
    const shares: [number, boolean][] = []
    for (let quiet = 1; quiet <= 21; quiet += 1) {
      const ended = through('101010' + '0'.repeat(quiet - 1))
      const next = through('101010' + '0'.repeat(quiet))
      shares.push([flapShare(ended.changes), next.isFlapping])
    }
    for (const [share, isFlapping] of shares) expect(isFlapping).toBe(share >= 0.2)
    expect(shares.some(([share, isFlapping]) => share < 0.3 && isFlapping)).toBe(true)
    expect(shares.at(-1)).toEqual([0, false])
  })

  it('does not start between the two', () => {
    const { changes, isFlapping } = through('10010')
    expect(flapShare(changes)).toBeGreaterThan(0.2)
    expect(isFlapping).toBe(false)
  })

  it('forgets what is older than 21 rounds', () => {
    expect(isSteady(through('1' + '0'.repeat(20)))).toBe(false)
    expect(isSteady(through('1' + '0'.repeat(21)))).toBe(true)
    expect(isSteady(through('1'.repeat(20)))).toBe(false)
    expect(isSteady(through('1'.repeat(21)))).toBe(true)
  })

  it('sees what is away for two minutes of every four, a look each second', () => {
    let history = QUIET_HISTORY
    for (let second = 0; second < 20 * 60; second += 1)
      history = look(history, Math.floor(second / 120) % 2 === 1, second * 1_000)
    expect(history.isFlapping).toBe(true)
  })

  it('counts a round once, however often it changed, and also when it ended as it began', () => {
    const blip = look(look(QUIET_HISTORY, true, 1_000), false, 2_000)
    expect(blip.changes).toBe(1)
    expect(look(look(blip, true, 3_000), false, 59_999).changes).toBe(1)
    expect(look(blip, true, 60_000).changes).toBe(0b11)
  })

  it('calls a blip in every round flapping', () => {
    let history = QUIET_HISTORY
    for (let round = 0; round < 6; round += 1)
      history = look(look(history, true, round * 60_000 + 5_000), false, round * 60_000 + 6_000)
    expect(history.isFlapping).toBe(true)
  })

  it('takes a pause for rounds without a change, and what is different after it for one', () => {
    const before = through('1')
    expect(look(before, true, 5 * 60_000).changes).toBe(0b100000)
    expect(look(before, false, 5 * 60_000).changes).toBe(0b100001)
    expect(look(through('101010'), false, 86_400_000)).toMatchObject({ changes: 0, isFlapping: false })
  })

  it('stops in a pause where it would have stopped had somebody looked', () => {
    const looked = through('101010' + '0'.repeat(17) + '1')
    const slept = look(through('101010'), true, 23 * 60_000)
    expect(slept).toEqual(looked)
    expect(slept.isFlapping).toBe(false)
  })

  it('lets time go by while nobody knows', () => {
    expect(through('1' + '-'.repeat(5)).changes).toBe(0b100000)
    expect(through('1----1').changes).toBe(0b100000)
    expect(isSteady(through('101010' + '-'.repeat(21)))).toBe(true)
  })

  it('goes on after the clock was set back, and neither forgets nor stands still', () => {
    const back = look(through('101010'), false, -3_600_000)
    expect(back).toMatchObject({ changes: 0b111111, isFlapping: true })
    expect(look(back, false, -3_540_000).changes).toBe(0b1111110)
  })

  it('has rounds as long as the checks are apart where these are further', () => {
    expect(roundOf(null)).toBe(ROUND_MS)
    expect(roundOf(30_000)).toBe(ROUND_MS)
    expect(roundOf(300_000)).toBe(300_000)
    expect(through('1010101', QUIET_HISTORY, 300_000, 1_700_000_100_000).isFlapping).toBe(true)
  })

  it('gives the same history back when nothing changes', () => {
    const steady = through('1'.repeat(25))
    expect(look(steady, true, 26 * 60_000)).toBe(steady)
    const changed = look(QUIET_HISTORY, true, 0)
    expect(look(changed, true, 59_999)).toBe(changed)
    expect(look(QUIET_HISTORY, false, 0)).toBe(QUIET_HISTORY)
  })
})

describe('keptHistory', () => {
  it('flaps on as if it had just begun', () => {
    const kept = keptHistory({ isFlapping: true, wasBad: true }, T0)
    expect(look(kept, true, 60_000).isFlapping).toBe(true)
    expect(look(kept, true, 21 * 60_000).isFlapping).toBe(false)
  })

  it('takes what was bad for no change when it still is', () => {
    const kept = keptHistory({ isFlapping: false, wasBad: true }, T0)
    expect(look(kept, true, 1_000)).toBe(kept)
    expect(look(kept, false, 1_000).changes).toBe(1)
  })
})

/** What is true changes at whole steps of 10 s; every sampling sees each step, and some more often. */
const STEP_MS = 10_000
const truths = fc
  .array(fc.tuple(fc.constantFrom(true, false, null), fc.integer({ min: 1, max: 30 })), {
    minLength: 5,
    maxLength: 40,
  })
  .map((spells) => spells.flatMap(([isBad, steps]) => Array.from({ length: steps }, () => isBad)))
const extras = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: 60 })

/** The histories at the last look of each round, to be compared without what no look depends on. */
function sampled(truth: readonly (boolean | null)[], times: readonly number[], roundMs: number): string[] {
  const ofRounds: string[] = []
  let history = QUIET_HISTORY
  for (const at of times) {
    const isBad = truth[Math.floor(at / STEP_MS)] ?? false
    history = recordFlap(history, { isBad, at: T0 + at, roundMs })
    ofRounds[Math.floor((T0 + at) / roundMs) - Math.floor(T0 / roundMs)] =
      `${history.changes} ${history.isFlapping}`
  }
  return ofRounds
}

it('comes to the same, round by round, however often and at whatever times it looks', () => {
  fc.assert(
    fc.property(truths, extras, fc.constantFrom(60_000, 90_000, 300_000), (truth, extra, roundMs) => {
      const lengthMs = truth.length * STEP_MS
      const every = (ms: number) => Array.from({ length: Math.ceil(lengthMs / ms) }, (_, index) => index * ms)
      const odd = extra.map((share) => Math.floor(share * lengthMs))
      const seldom = sampled(truth, every(STEP_MS), roundMs)
      expect(sampled(truth, every(1_000), roundMs)).toEqual(seldom)
      expect(sampled(truth, every(1_250), roundMs)).toEqual(seldom)
      expect(
        sampled(
          truth,
          [...every(STEP_MS), ...odd].sort((a, b) => a - b),
          roundMs,
        ),
      ).toEqual(seldom)
    }),
    { numRuns: 200 },
  )
})

/** Which of the 20 latest rounds had a change, and whether it flaps, at the end of each round of the whole record. */
function byHand(pattern: string): { changes: number; isFlapping: boolean }[] {
  let isFlapping = false
  return Array.from(pattern, (_, last) => {
    const lately = `${'0'.repeat(FLAP_EVALUATIONS)}${pattern.slice(0, last + 1)}`.slice(-FLAP_EVALUATIONS)
    const changes = bitsOf(
      Array.from(lately.slice(1), (letter, i) => (letter === lately[i] ? '0' : '1')).join(''),
    )
    isFlapping = flapShare(changes) >= (isFlapping ? 0.2 : 0.3)
    return { changes, isFlapping }
  })
}

it('counts, starts and stops as anybody would who has the whole record', () => {
  const spells = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 25 })
  fc.assert(
    fc.property(spells, (lengths) => {
      const pattern = lengths.map((length, index) => String(index % 2).repeat(length)).join('')
      const ends = byHand(pattern)
      for (const [last, end] of ends.entries()) {
        const seen = pattern.slice(0, last + 1)
        expect(through(seen).changes).toBe(end.changes)
        // That it stopped shows when the round is over.
        expect(through(seen + seen.slice(-1)).isFlapping).toBe(end.isFlapping)
      }
    }),
    { numRuns: 150 },
  )
})

it('says when it will have forgotten all changes, if there are no more', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(ROUND_MS, 300_000),
      (looks, roundMs) => {
        const pattern = looks.map((isBad) => (isBad ? '1' : '0')).join('')
        const history = through(pattern, QUIET_HISTORY, roundMs)
        const at = forgottenAt(history, roundMs)
        const later = (time: number) =>
          recordFlap(history, { isBad: history.wasBad, at: time, roundMs }).changes === 0
        expect(later(at)).toBe(true)
        if (history.changes !== 0) expect(later(at - 1)).toBe(false)
      },
    ),
  )
})
