import { expect, it } from 'vitest'
import type { RecentCheck } from '#lib/contract/monitor.ts'
import { MINI_STRIP_HEIGHT, miniStripView } from './mini-strip-view.ts'

const check = (outcomeClass: RecentCheck[1]): RecentCheck => ['2026-01-31T12:00:00.000Z', outcomeClass, 100]
const barsOf = (recent: RecentCheck[]) =>
  Object.fromEntries(miniStripView(recent).paths.map(({ mark, d }) => [mark, d.match(/M/g)?.length ?? 0]))

it('draws sixty places, empty ones included, in a path for each mark', () => {
  expect(barsOf([])).toEqual({ none: 60 })
  expect(barsOf([check('ok'), check('ok'), check('provider_error'), check(null)])).toEqual({
    none: 56,
    passed: 2,
    failed: 1,
    skipped: 1,
  })
  expect(barsOf(Array.from({ length: 70 }, () => check('ok')))).toEqual({ passed: 60 })
})

it('has the newest at the right and failures at full height', () => {
  const { paths } = miniStripView([check('ok'), check('credentials')])
  expect(paths.find(({ mark }) => mark === 'failed')?.d).toBe(`M236.6 0h2.8v${MINI_STRIP_HEIGHT}h-2.8z`)
})

it('sums up what was run', () => {
  expect(miniStripView([]).summary).toBe('No check yet.')
  expect(miniStripView([check(null)]).summary).toBe('No check yet.')
  expect(miniStripView([check('ok'), check('rate_limited'), check(null)]).summary).toBe(
    '1 of the last 2 checks passed.',
  )
})
