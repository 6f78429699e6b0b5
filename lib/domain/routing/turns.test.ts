import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidate } from './decide.fixture.ts'
import { sharesOf } from './shares.ts'
import { takeTurn, type Turns } from './turns.ts'

type Round = { weights: readonly number[]; places?: readonly number[]; ids?: string }

/** The winners of rounds one after the other, by their ids: one letter a member, `ids` for all of them. */
function play(rounds: readonly Round[]): string {
  let turns: Turns | null = null
  return rounds
    .map(({ weights, ids = 'abcdef'.slice(0, weights.length), places = weights.map((_, i) => i) }) => {
      const members = ids.split('').map((id) => candidate(id))
      const [winner, after] = takeTurn(turns, { members, places, shares: sharesOf(weights) })
      turns = after
      return members[places[winner]!]!.providerId
    })
    .join('')
}

const rounds = (count: number, round: Round): Round[] => Array.from({ length: count }, () => round)
const countOf = (text: string, letter: string) => text.split(letter).length - 1

describe('turns by weight', () => {
  it.each([
    ['the sequence that nginx gives for 5, 1, 1', [5, 1, 1], 'aabacaa'],
    ['one after the other where all weigh alike', [1, 1, 1], 'abcabcabc'],
    ['halves as well as wholes', [0.5, 1], 'bab'],
    ['nothing to a weight of 0', [0, 2, 1], 'bcbbcb'],
    ['all alike where nobody has any weight', [0, 0, 0], 'abcabc'],
    ['something to the smallest weight', [0.0001, 0.0001], 'abab'],
  ])('give %s', (_what, weights, sequence) => {
    expect(play(rounds(sequence.length, { weights }))).toBe(sequence)
  })

  it('leave out who is not in the contest, and take it in again where it stood', () => {
    const all = { weights: [1, 1, 1] }
    const withoutB = { ids: 'abc', places: [0, 2], weights: [1, 1] }
    expect(play([all, withoutB, withoutB, all, all, all])).toBe('acabca')
  })

  it('go on where they were when a member comes or goes', () => {
    const three = { ids: 'abc', weights: [1, 1, 1] }
    const joined = { ids: 'dabc', weights: [1, 1, 1, 1] }
    expect(play([three, three, ...rounds(4, joined)])).toBe('abcdab')
    expect(play([three, ...rounds(4, { ids: 'bc', weights: [1, 1] })])).toBe('abcbc')
  })

  it('follow members by their ids, not by their places', () => {
    expect(play([{ ids: 'ab', weights: [1, 1] }, ...rounds(3, { ids: 'bc', weights: [1, 1] })])).toBe('abcb')
  })

  it('are not given to a weight of 0, whatever it is owed from before', () => {
    expect(play([{ weights: [2, 3, 0, 0] }, { weights: [0, 1, 1, 1] }])).toBe('bc')
  })

  it('do not make anybody pay long for what it had under another weight', () => {
    const after = play([...rounds(3, { weights: [1_000, 1] }), ...rounds(8, { weights: [1, 1] })])
    expect(after).toBe('aaababababa')
  })

  it('are as exact after 300,000 rounds as after one', () => {
    const sequence = play(rounds(300_000, { weights: [1, 1, 1] }))
    expect(sequence.slice(-6)).toBe('abcabc')
  })
})

const weight = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 }))
const fleet = fc.array(weight, { minLength: 1, maxLength: 6 }).filter((weights) => weights.some((w) => w > 0))

// Mutants killed in this file: the winner pays nothing, or another pays · the last of equals taken · equals told apart by
// rounding · a share of 0 takes part · nothing owed from round to round, or after a change of members · members matched
// by place, not by id.
it('is exact over every cycle, from wherever it starts, and never bunched up', () => {
  fc.assert(
    fc.property(fleet, fc.nat(50), (weights, offset) => {
      const cycle = weights.reduce((sum, one) => sum + one, 0)
      const sequence = play(rounds(offset + cycle, { weights }))
      weights.forEach((one, i) => {
        const letter = 'abcdef'[i]!
        expect(countOf(sequence.slice(offset), letter)).toBe(one)
        for (let upTo = 1; upTo <= sequence.length; upTo += 1) {
          const due = (upTo * one) / cycle
          expect(Math.abs(countOf(sequence.slice(0, upTo), letter) - due)).toBeLessThan(1.5)
        }
      })
    }),
    { numRuns: 60 },
  )
})

it('stays within a few turns of what is due however members come in and out', () => {
  const present = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }),
      fc.array(
        present.filter((flags) => flags.includes(true)),
        { minLength: 100, maxLength: 300, size: 'max' },
      ),
      (weights, presences) => {
        const due = [0, 0, 0, 0]
        const played = play(
          presences.map((flags) => {
            const places = [0, 1, 2, 3].filter((place) => flags[place])
            const total = places.reduce((sum, place) => sum + weights[place]!, 0)
            for (const place of places) due[place]! += weights[place]! / total
            return { ids: 'abcd', places, weights: places.map((place) => weights[place]!) }
          }),
        )
        due.forEach((turns, i) =>
          expect(Math.abs(countOf(played, 'abcd'[i]!) - turns)).toBeLessThan(TOLERANCE),
        )
      },
    ),
    { numRuns: 100 },
  )
})

const TOLERANCE = 2
