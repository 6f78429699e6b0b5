import type { RecentCheck } from '#lib/contract/monitor.ts'
import type { RecentCheckFacts } from '../provider-entry.ts'
import { iso } from './time.ts'

/** Past checks as strips draw them. */
export const presentRecent = (checks: readonly RecentCheckFacts[]): RecentCheck[] =>
  checks.map((check) => [iso(check.at), check.class, check.latencyMs])
