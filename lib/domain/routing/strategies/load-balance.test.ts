import { describe, expect, it } from 'vitest'
import type { Candidate } from '../candidate.ts'
import { decide } from '../decide.ts'
import { candidate, decideInput, winners } from '../decide.fixture.ts'
import type { BalanceAlgorithm, Strategy } from '../route.ts'

const balance = (algorithm: BalanceAlgorithm): Strategy => ({ type: 'load-balance', algorithm })

const play = (algorithm: BalanceAlgorithm, members: readonly Candidate[], count: number) =>
  winners(decideInput(balance(algorithm), members), count).join('')

const countOf = (text: string, letter: string) => text.split(letter).length - 1

describe('weighted', () => {
  it('is exact over a cycle, and smooth within it', () => {
    const members = [candidate('a', { weight: 5 }), candidate('b'), candidate('c')]
    expect(play('weighted', members, 14)).toBe('aabacaaaabacaa')
  })

  it('gives nothing to a weight of 0 unless nobody else is eligible', () => {
    const [a, b] = [candidate('a', { weight: 0 }), candidate('b')]
    expect(play('weighted', [a, b], 4)).toBe('bbbb')
    expect(play('weighted', [a, candidate('b', { enabled: false })], 2)).toBe('aa')
  })

  it('gives a member that ramps up its weight times its ramp', () => {
    const sequence = play('weighted', [candidate('a', { ramp: 0.1 }), candidate('b')], 110)
    expect(countOf(sequence, 'a')).toBe(10)
  })

  it('tells the part of the choice that each eligible member has', () => {
    const members = [candidate('a', { weight: 3 }), candidate('b', { enabled: false }), candidate('c')]
    const { selection } = decide(decideInput(balance('weighted'), members))
    expect(selection.candidates.map(({ weight }) => weight)).toEqual([0.75, null, 0.25])
    expect(selection).toMatchObject({
      chosen: 0,
      reason: 'its turn by weight, with 75 % of the turns',
      reasonCode: 'weighted',
    })
  })

  it('takes no turn from anybody who only wants to know', () => {
    const input = decideInput(balance('weighted'), [candidate('a'), candidate('b')])
    expect([decide(input), decide(input)].map(({ selection }) => selection.chosen)).toEqual([0, 0])
  })
})

describe('round-robin', () => {
  it('takes one after the other, whatever their weights', () => {
    const members = [candidate('a', { weight: 9 }), candidate('b', { weight: 0 }), candidate('c')]
    expect(play('round-robin', members, 6)).toBe('abcabc')
  })

  it('passes over a member that ramps up as often as its ramp says', () => {
    const sequence = play('round-robin', [candidate('a', { ramp: 0.25 }), candidate('b')], 50)
    expect(countOf(sequence, 'a')).toBe(10)
  })
})

describe('least-busy', () => {
  const chosen = (...members: Candidate[]) => play('least-busy', members, 1)

  it.each<[string, Candidate[], string]>([
    [
      'the one with the fewest requests',
      [candidate('a', { inFlight: 2 }), candidate('b', { inFlight: 1 })],
      'b',
    ],
    [
      'the heavier of two with as many',
      [candidate('a', { inFlight: 3 }), candidate('b', { inFlight: 3, weight: 2 })],
      'b',
    ],
    [
      'the lighter once the heavier has twice as many',
      [candidate('a', { inFlight: 2 }), candidate('b', { inFlight: 6, weight: 2 })],
      'a',
    ],
    ['the one that does not ramp up', [candidate('a', { ramp: 0.1 }), candidate('b', { inFlight: 5 })], 'b'],
    ['one with weight however busy', [candidate('a', { weight: 0 }), candidate('b', { inFlight: 50 })], 'b'],
    [
      'the least busy where nobody has any weight',
      [candidate('a', { weight: 0, inFlight: 1 }), candidate('b', { weight: 0 })],
      'b',
    ],
  ])('takes %s', (_what, members, id) => {
    expect(chosen(...members)).toBe(id)
  })

  it('lets equals take turns', () => {
    const members = [candidate('a'), candidate('busy', { inFlight: 4 }), candidate('b'), candidate('c')]
    expect(play('least-busy', members, 6)).toBe('abcabc')
  })

  it('tells how busy each is for its weight, and why this one', () => {
    const members = [
      candidate('a', { inFlight: 3, weight: 2 }),
      candidate('b', { inFlight: 0 }),
      candidate('c'),
    ]
    const { selection } = decide(decideInput(balance('least-busy'), members))
    expect(selection.candidates.map(({ score }) => score)).toEqual([2, 1, 1])
    expect(selection.reason).toBe('0 requests under way, the fewest for its weight, in turn with 1 as busy')
  })
})

describe('latency', () => {
  /** The winner when chance draws these two. */
  const duel = (members: Candidate[], ...rolls: number[]) => {
    const random = () => rolls.shift() ?? 0
    return decide(decideInput(balance('latency'), members, { random })).selection
  }
  const [fast, slow] = [candidate('fast', { peakEwmaMs: 200 }), candidate('slow', { peakEwmaMs: 900 })]

  it.each<[string, Candidate, Candidate, string]>([
    ['the faster', fast, slow, 'fast'],
    ['the faster, drawn second', slow, fast, 'fast'],
    [
      'the slower while the faster has more work ahead',
      candidate('fast', { peakEwmaMs: 200, inFlight: 4 }),
      slow,
      'slow',
    ],
    [
      'the faster with as much work ahead as the first drawn',
      slow,
      candidate('fast', { peakEwmaMs: 450, inFlight: 1 }),
      'slow',
    ],
    ['one that was never measured', fast, candidate('new'), 'new'],
    [
      'the measured one while the first answer of the other is awaited',
      candidate('new', { inFlight: 1 }),
      slow,
      'slow',
    ],
  ])('takes of two %s', (_what, first, second, id) => {
    const selection = duel([first, second], 0, 0)
    expect(selection.candidates[selection.chosen!]?.providerId).toBe(id)
  })

  it('says what was compared', () => {
    expect(duel([fast, candidate('slow', { peakEwmaMs: 2_340, inFlight: 1 })], 0, 0)).toMatchObject({
      reason:
        'latency 200 ms with 0 requests under way, the lower of two (slow: latency 2.3 s with 1 request under way)',
      reasonCode: 'lowest_latency',
      candidates: [
        { score: 200 },
        { score: 4_680, reason: 'drawn, but slower: latency 2.3 s with 1 request under way' },
      ],
    })
  })

  it('compares only the two that were drawn, never one with itself', () => {
    const members = [
      slow,
      candidate('mid', { peakEwmaMs: 500 }),
      fast,
      candidate('last', { peakEwmaMs: 800 }),
    ]
    const winner = (...rolls: number[]) => duel(members, ...rolls).chosen
    expect(winner(0, 0.99)).toBe(3)
    expect(winner(0, 0)).toBe(1)
    expect(winner(0.99, 0.99)).toBe(2)
    expect(winner(0.3, 0)).toBe(1)
  })

  it('draws by weight and ramp, and nobody of weight 0', () => {
    const members = [
      candidate('none', { weight: 0 }),
      candidate('a', { ramp: 0.5 }),
      candidate('b'),
      candidate('c'),
    ]
    const drawn = (roll: number) => {
      const { candidates, chosen } = duel(members, roll, 0)
      return candidates.flatMap(({ reason }, i) =>
        reason !== 'not among the two drawn' || i === chosen ? [i] : [],
      )
    }
    expect(drawn(0)).toEqual([1, 2])
    expect(drawn(0.19)).toEqual([1, 2])
    expect(drawn(0.21)).toEqual([1, 2])
    expect(drawn(0.99)).toEqual([1, 3])
  })

  it('takes the only one there is without a draw', () => {
    expect(duel([fast, candidate('off', { enabled: false })], 0, 0)).toMatchObject({
      chosen: 0,
      reason: 'latency 200 ms with 0 requests under way',
    })
    expect(duel([candidate('zero', { weight: 0 }), fast], 0.5).chosen).toBe(1)
  })

  it('sends most to the fast and hardly any to the slow one of three', () => {
    const seeds = Array.from({ length: 3_000 }, (_, i) => ((i * 0.618_033_988_75) % 1) + 0)
    const members = [fast, slow, candidate('mid', { peakEwmaMs: 500 })]
    const counts = [0, 0, 0]
    for (const seed of seeds) counts[duel(members, seed, (seed * 7) % 1).chosen!]! += 1
    expect(counts[1]).toBe(0)
    expect(counts[0]! / seeds.length).toBeCloseTo(2 / 3, 1)
  })
})
