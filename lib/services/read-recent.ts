import type { Recent } from '#lib/contract/monitor.ts'
import type { Engine } from './engine.ts'
import { presentRecent } from './present/recent.ts'
import { iso } from './present/time.ts'

/** The last checks of those of the asked providers that exist. */
export function readRecent({ fleet, clock }: Engine, ids: readonly string[]): Recent {
  const items: Recent['items'] = {}
  for (const id of ids) {
    const entry = fleet.entries.get(id)
    if (entry !== undefined) items[id] = entry.recent.list().map(presentRecent)
  }
  return { asOf: iso(clock.now()), items }
}
