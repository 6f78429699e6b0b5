import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oneMore, waitMs } from '#lib/domain/access/back-off.ts'
import { type Attempt, createSignInLimits } from './sign-in-limits.ts'

const attempt = (over: Partial<Attempt> = {}): Attempt => ({
  login: 'ada@example.org',
  address: '192.0.2.7',
  knownBrowser: null,
  ...over,
})

function stage() {
  let now = 0
  const limits = createSignInLimits(() => now)
  const fail = (over?: Partial<Attempt>) => limits.begin(attempt(over))
  const waitOf = (over?: Partial<Attempt>): number => {
    try {
      limits.begin(attempt(over))
      return 0
    } catch (error) {
      return (error as { facts: { retryAfterSeconds: number } }).facts.retryAfterSeconds
    }
  }
  return { limits, fail, waitOf, pass: (ms: number) => (now += ms) }
}

describe('attempts to sign in', () => {
  it('are free at first, then wait twice as long each time', () => {
    const { fail, waitOf, pass } = stage()
    for (let i = 0; i < 5; i += 1) fail()
    expect(waitOf()).toBe(1)
    pass(1_000)
    fail()
    expect(waitOf()).toBe(2)
    pass(2_000)
    fail()
    expect(waitOf()).toBe(4)
  })

  it('that come too early are not counted, so that trying does not lengthen the wait', () => {
    const { fail, waitOf, pass } = stage()
    for (let i = 0; i < 5; i += 1) fail()
    for (let i = 0; i < 50; i += 1) waitOf()
    pass(1_000)
    expect(waitOf()).toBe(0)
  })

  it('of all at once are counted before their answers are known', () => {
    const { waitOf } = stage()
    expect(Array.from({ length: 9 }, () => waitOf()).filter((wait) => wait === 0)).toHaveLength(5)
  })

  it('are slowed down for strangers by somebody who guesses from everywhere, but not for a known browser', () => {
    const { fail, waitOf } = stage()
    for (let i = 0; i < 30; i += 1) fail({ address: `198.51.100.${i}` })
    expect(waitOf({ address: '203.0.113.1' })).toBeGreaterThan(0)
    expect(waitOf({ address: '203.0.113.1', knownBrowser: 'b1' })).toBe(0)
    expect(waitOf({ address: '203.0.113.1', login: 'bob@example.org' })).toBe(0)
  })

  it('from one address at many accounts slow that address down, even when one of them is right', () => {
    const { fail, waitOf, limits } = stage()
    for (let i = 0; i < 20; i += 1) fail({ login: `user-${i}` })
    limits.forgive(attempt({ login: 'user-3' }))
    fail({ login: 'user-20' })
    expect(waitOf({ login: 'user-21' })).toBeGreaterThan(0)
    expect(waitOf({ login: 'user-21', address: '203.0.113.1' })).toBe(0)
  })

  it('from one IPv6 network count as one client’s, whatever the rest of the address', () => {
    const { fail, waitOf } = stage()
    for (let i = 0; i < 5; i += 1) fail({ address: `2001:db8:1:2::${i}` })
    expect(waitOf({ address: '2001:db8:1:2:ffff::1' })).toBeGreaterThan(0)
    expect(waitOf({ address: '2001:db8:1:3::1' })).toBe(0)
  })

  it('that were right leave nothing behind for their own place', () => {
    const { fail, waitOf, limits } = stage()
    for (let i = 0; i < 4; i += 1) fail()
    limits.begin(attempt())
    limits.forgive(attempt())
    expect(waitOf()).toBe(0)
  })

  it('are forgotten after a day', () => {
    const { fail, waitOf, pass } = stage()
    for (let i = 0; i < 5; i += 1) fail()
    pass(24 * 3_600_000 + 1)
    fail()
    expect(waitOf()).toBe(0)
  })
})

describe('the wait', () => {
  it('never shrinks with another failure and never exceeds its limit', () => {
    const backOff = { free: 3, firstMs: 500, growth: 2, mostMs: 60_000 }
    fc.assert(
      fc.property(fc.nat(200), fc.nat(100_000), (count, now) => {
        const failures = { count, lastAt: now }
        const wait = waitMs(failures, backOff, now)
        expect(wait).toBeLessThanOrEqual(60_000)
        expect(waitMs(oneMore(failures, now), backOff, now)).toBeGreaterThanOrEqual(wait)
        expect(waitMs(failures, backOff, now + wait)).toBe(0)
      }),
    )
  })
})
