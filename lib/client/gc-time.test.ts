import type { QueryKey } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { queries } from './queries.ts'
import { getQueryClient } from './query-client.ts'
import { replayQueries } from './replay-queries.ts'

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** As a component's first render on the server does. */
function render(options: { queryKey: QueryKey }): void {
  const client = getQueryClient()
  client.getQueryCache().build(client, client.defaultQueryOptions({ ...options }))
}

test('what a page is rendered with on the server waits for no timer to be let go', () => {
  const before = timers()
  render(queries.settings())
  render(queries.recent('acme'))
  render(replayQueries.preview({ settings: DEFAULT_SETTINGS, version: 1, rangeMs: 3_600_000 }))
  expect(timers()).toBe(before)
})
