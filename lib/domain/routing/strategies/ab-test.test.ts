import { describe, expect, it } from 'vitest'
import type { Candidate } from '../candidate.ts'
import { decide, type DecideInput } from '../decide.ts'
import { candidate, decideInput, request } from '../decide.fixture.ts'
import type { StickyKey, Variant } from '../route.ts'

const variants: Variant[] = [
  { name: 'control', percent: 90, providerIds: ['a'] },
  { name: 'new', percent: 10, providerIds: ['b', 'c'] },
]
const [a, b, c] = [candidate('a'), candidate('b'), candidate('c')]
const out = (member: Candidate): Candidate => ({ ...member, enabled: false })

const select = (
  members: readonly Candidate[],
  rest: Partial<DecideInput> = {},
  stickyBy: StickyKey = 'user',
) => decide(decideInput({ type: 'ab-test', stickyBy, variants }, members, rest)).selection

const forUser = (userId: string, members: readonly Candidate[]) => {
  const { variant, candidates, chosen } = select(members, { request: request({ userId }) })
  return { variant, providerId: candidates[chosen!]?.providerId }
}

const users = Array.from({ length: 100_000 }, (_, i) => `user-${i}`)
const few = users.slice(0, 5_000)

/** A key of each variant, and of each provider of the new one. */
const keyOf = (providerId: string) => few.find((user) => forUser(user, [a, b, c]).providerId === providerId)!

describe('an A/B test', () => {
  it('splits 100,000 users by percent, to one in a hundred, and within a variant among its providers', () => {
    const counts = new Map<string | undefined, number>()
    for (const user of users) {
      const { providerId } = forUser(user, [a, b, c])
      counts.set(providerId, (counts.get(providerId) ?? 0) + 1)
    }
    expect(Math.abs(counts.get('a')! / users.length - 0.9)).toBeLessThan(0.01)
    expect(Math.abs(counts.get('b')! / users.length - 0.05)).toBeLessThan(0.01)
    expect(Math.abs(counts.get('c')! / users.length - 0.05)).toBeLessThan(0.01)
  })

  it('gives the same key the same provider, whatever the order of members and whatever they weigh by chance', () => {
    for (const user of few.slice(0, 300)) {
      expect(forUser(user, [c, b, a])).toEqual(forUser(user, [a, b, c]))
    }
  })

  it('sends those of a variant that is out to the rest, and back afterwards; the others stay where they are', () => {
    for (const user of few) {
      const before = forUser(user, [a, b, c])
      const during = forUser(user, [a, out(b), out(c)])
      expect(during).toEqual({ variant: 'control', providerId: 'a' })
      expect(forUser(user, [a, b, c])).toEqual(before)
    }
    const moved = few.map((user) => forUser(user, [out(a), b, c]))
    expect(moved.every(({ variant }) => variant === 'new')).toBe(true)
    expect(new Set(moved.map(({ providerId }) => providerId))).toEqual(new Set(['b', 'c']))
  })

  it('keeps a variant while one of its providers is eligible', () => {
    expect(forUser(keyOf('b'), [a, out(b), c])).toEqual({ variant: 'new', providerId: 'c' })
    expect(forUser(keyOf('c'), [a, out(b), c])).toEqual({ variant: 'new', providerId: 'c' })
    expect(forUser(keyOf('a'), [a, out(b), c])).toEqual({ variant: 'control', providerId: 'a' })
  })

  it('ignores ramps', () => {
    const ramping = [a, { ...b, ramp: 0.01 }, c]
    for (const user of few) expect(forUser(user, ramping)).toEqual(forUser(user, [a, b, c]))
  })

  it('shares a variant out evenly even where it is called like one of its providers', () => {
    const named: Variant[] = [
      { name: 'a', percent: 50, providerIds: ['a'] },
      { name: 'b', percent: 50, providerIds: ['b', 'c'] },
    ]
    const counts = [0, 0, 0]
    for (const userId of users.slice(0, 20_000)) {
      const strategy = { type: 'ab-test' as const, stickyBy: 'user' as const, variants: named }
      counts[decide(decideInput(strategy, [a, b, c], { request: request({ userId }) })).selection.chosen!]! +=
        1
    }
    expect(counts[1]! / 20_000).toBeCloseTo(0.25, 1)
    expect(Math.abs(counts[1]! - counts[2]!)).toBeLessThan(600)
  })

  it('shares a variant out by the weights of its providers', () => {
    const members = [a, { ...b, weight: 3 }, c]
    const ofNew = users
      .slice(0, 50_000)
      .map((user) => forUser(user, members))
      .filter(({ variant }) => variant === 'new')
    const toB = ofNew.filter(({ providerId }) => providerId === 'b').length
    expect(Math.abs(toB / ofNew.length - 0.75)).toBeLessThan(0.03)
  })

  it('leaves out members of no variant', () => {
    const { candidates } = select([a, candidate('other')], { request: request({ userId: 'ann' }) })
    expect(candidates[1]).toMatchObject({ drop: 'constraint', reason: 'in no variant of the test' })
  })

  it('keeps one test’s users apart from another’s', () => {
    const route = {
      name: 'other',
      strategy: { type: 'ab-test' as const, stickyBy: 'user' as const, variants },
    }
    const ofNew = few.filter((userId) => forUser(userId, [a, b, c]).variant === 'new')
    const again = ofNew.filter(
      (userId) => select([a, b, c], { route, request: request({ userId }) }).variant === 'new',
    )
    expect(again.length / ofNew.length).toBeLessThan(0.2)
  })
})

describe('an A/B test without a key', () => {
  it.each<[string, StickyKey, Partial<DecideInput>]>([
    ['where nothing sticks', 'none', { request: request({ userId: 'ann', sessionId: 's' }) }],
    ['where the request names no user', 'user', { request: request({ sessionId: 's' }) }],
    ['where the request names no session', 'session', { request: request({ userId: 'ann' }) }],
  ])('is up to chance %s', (_when, stickyBy, rest) => {
    const variantOf = (roll: number) => select([a, b, c], { ...rest, random: () => roll }, stickyBy).variant
    expect([0, 0.89, 0.91, 0.99].map(variantOf)).toEqual(['control', 'control', 'new', 'new'])
  })

  it('falls among those that are there', () => {
    const { variant, reasonCode } = select([out(a), b, c], { random: () => 0 }, 'none')
    expect([variant, reasonCode]).toEqual(['new', 'variant'])
  })

  it('sticks to sessions', () => {
    const variantOf = (sessionId: string) =>
      select([a, b, c], { request: request({ sessionId }) }, 'session').variant
    const seen = few.map(variantOf)
    expect(few.map(variantOf)).toEqual(seen)
    expect(Math.abs(seen.filter((variant) => variant === 'new').length / few.length - 0.1)).toBeLessThan(0.02)
  })
})

describe('an A/B test says', () => {
  const userId = keyOf('b')

  it.each<[string, Candidate[], Partial<DecideInput>, StickyKey, object]>([
    [
      'which variant, and that it sticks',
      [a, b, c],
      { request: request({ userId }) },
      'user',
      { reason: 'variant new (10 %), always the same for this user', reasonCode: 'variant', variant: 'new' },
    ],
    [
      'whose variant is out',
      [a, out(b), out(c)],
      { request: request({ userId }) },
      'user',
      {
        reason: 'variant control, as nobody of variant new is eligible for this user',
        reasonCode: 'variant_fallback',
        variant: 'control',
      },
    ],
    ['that it was chance', [a, b, c], {}, 'none', { reason: 'variant control (90 %), by chance' }],
    [
      'why it was chance',
      [a, b, c],
      {},
      'session',
      { reason: 'variant control (90 %), by chance, as the request names no session' },
    ],
  ])('%s', (_what, members, rest, stickyBy, said) => {
    expect(select(members, rest, stickyBy)).toMatchObject(said)
  })

  it('which part of all keys each has', () => {
    const { candidates } = select([a, b, { ...c, weight: 3 }], { request: request({ userId }) })
    expect(candidates.map(({ weight }) => Math.round(weight! * 1_000) / 1_000)).toEqual([0.9, 0.025, 0.075])
  })
})
