import { describe, expect, it } from 'vitest'
import type { RecentCheck } from '#lib/contract/monitor.ts'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import { checkStripView } from './check-strip-view.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const check = (
  secondsAgo: number,
  outcomeClass: OutcomeClass | null,
  latencyMs: number | null = 120,
): RecentCheck => [new Date(NOW - secondsAgo * 1_000).toISOString(), outcomeClass, latencyMs]
const strip = (recent: RecentCheck[], slots?: number) =>
  checkStripView(recent, { now: NOW, zone: 'UTC', ...(slots === undefined ? {} : { slots }) })

describe('a check strip', () => {
  it('has all its slots, empty on the left, the newest at the right', () => {
    const { cells } = strip([check(60, 'ok'), check(30, 'provider_error')])
    expect(cells).toHaveLength(60)
    expect(cells.slice(0, 58).every(({ mark }) => mark === 'none')).toBe(true)
    expect(cells.slice(58).map(({ mark }) => mark)).toEqual(['passed', 'failed'])
  })

  it('drops the oldest when there are more than slots', () => {
    const { cells } = strip([check(90, 'provider_error'), check(60, 'ok'), check(30, 'ok')], 2)
    expect(cells.map(({ mark }) => mark)).toEqual(['passed', 'passed'])
  })

  it.each<[OutcomeClass | null, string]>([
    ['ok', 'passed'],
    ['provider_error', 'failed'],
    ['credentials', 'failed'],
    ['rate_limited', 'limited'],
    ['client_error', 'neutral'],
    ['cancelled', 'neutral'],
    ['internal', 'neutral'],
    [null, 'skipped'],
  ])('marks %s as %s', (outcomeClass, mark) => {
    expect(strip([check(30, outcomeClass)]).cells.at(-1)?.mark).toBe(mark)
  })

  it('tells time, outcome and latency of each check, and no latency where none was measured', () => {
    expect(strip([check(30, 'ok', 412)]).cells.at(-1)?.title).toMatch(/^11:59:30 ok, 412.ms$/)
    expect(strip([check(30, 'provider_error', null)]).cells.at(-1)?.title).toBe('11:59:30 provider error')
  })

  it('sums up what was run, leaving skipped checks out', () => {
    expect(strip([]).summary).toBe('No check yet.')
    expect(strip([check(30, null)]).summary).toBe('All of the last checks were skipped.')
    expect(strip([check(90, 'ok'), check(60, null), check(30, 'provider_error')]).summary).toBe(
      '1 of the last 2 checks passed; the last failure was at 11:59:30.',
    )
  })
})
