import { describe, expect, it } from 'vitest'
import { judge } from './judge.ts'
import type { Sent } from './traffic.ts'

/** Ten seconds of act and ten of calm, twenty requests a second. */
const played = { from: 0, to: 10_000, calmTo: 20_000 }
const sent: Sent[] = Array.from({ length: 400 }, (_, i) => ({ at: i * 50, isLost: false, tookMs: 10 }))
const to = (reaches: (at: number) => boolean) =>
  sent.filter(({ at }) => reaches(at)).map(({ at }) => ({ provider: 0, at }))
const always = to(() => true)

describe('judge', () => {
  it('sees that a provider was never left', () => {
    expect(judge(played, { sent, arrivals: always })).toMatchObject({ detectMs: Infinity, recoverMs: 0 })
  })

  it('finds the last request before a provider is left, and the time it has its share again', () => {
    const arrivals = to((at) => at <= 1_200 || at >= 13_000)
    const found = judge(played, { sent, arrivals })
    expect(found.detectMs).toBe(1_200)
    expect(found.recoverMs).toBeGreaterThanOrEqual(2_750)
    expect(found.recoverMs).toBeLessThanOrEqual(3_000)
  })

  it('forgives the trials of one that was left', () => {
    const arrivals = to((at) => at <= 300 || at % 2_000 === 0 || at >= 10_000)
    expect(judge(played, { sent, arrivals })).toMatchObject({ detectMs: 300, recoverMs: 0 })
  })

  it('does not take half of the traffic for having left', () => {
    const arrivals = to((at) => at % 1_000 < 500)
    expect(judge(played, { sent, arrivals })).toMatchObject({ detectMs: Infinity, recoverMs: Infinity })
  })

  it('counts what other providers were asked for nobody', () => {
    const arrivals = always.map((one) => ({ ...one, provider: 1 }))
    expect(judge(played, { sent, arrivals })).toMatchObject({ detectMs: 0, recoverMs: Infinity })
  })

  it('counts as lost what got no good answer in act or calm, and not what was given up', () => {
    const some = sent.map((one, i) => ({
      ...one,
      isLost: i % 100 === 0 ? true : i % 50 === 0 ? null : false,
    }))
    expect(judge(played, { sent: some, arrivals: [] })).toMatchObject({ lost: 4, requests: 400 })
  })
})
