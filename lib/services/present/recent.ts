import type { RecentCheck } from '#lib/contract/monitor.ts'
import type { RecentCheckFacts } from '../recent-checks.ts'
import { iso } from './time.ts'

/** A past check as strips draw it. */
export const presentRecent = (check: RecentCheckFacts): RecentCheck => [
  iso(check.at),
  check.class,
  check.latencyMs,
]
