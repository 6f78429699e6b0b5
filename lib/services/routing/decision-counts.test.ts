import { expect, it } from 'vitest'
import { DecisionCounts } from './decision-counts.ts'

it('counts by route, provider and reason, goes on from what was kept, and hands on totals that changed', () => {
  const counts = new DecisionCounts([
    { route: 'main', providerId: 'acme', reasonCode: 'weighted', count: 5 },
    { route: 'main', providerId: 'gone', reasonCode: 'primary', count: 2 },
  ])
  expect(counts.takeUnsaved()).toEqual([])
  counts.add('main', 'acme', 'weighted')
  counts.add('main', 'acme', 'retry')
  counts.add('main', null, 'none_eligible')
  counts.add('other', 'acme', 'weighted')
  const changed = [
    { route: 'main', providerId: 'acme', reasonCode: 'weighted', count: 6 },
    { route: 'main', providerId: 'acme', reasonCode: 'retry', count: 1 },
    { route: 'main', providerId: null, reasonCode: 'none_eligible', count: 1 },
    { route: 'other', providerId: 'acme', reasonCode: 'weighted', count: 1 },
  ]
  expect(counts.takeUnsaved()).toEqual(changed)
  expect(counts.takeUnsaved()).toEqual([])
  expect(counts.all()).toEqual(
    expect.arrayContaining([
      ...changed,
      { route: 'main', providerId: 'gone', reasonCode: 'primary', count: 2 },
    ]),
  )
  expect(counts.all()).toHaveLength(5)
})
