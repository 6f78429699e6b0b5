import type { RecentCheck } from '#lib/contract/monitor.ts'
import type { CheckRecord } from '../records.ts'
import { iso } from './time.ts'

/** Past checks as strips draw them. */
export const presentRecent = (checks: readonly CheckRecord[]): RecentCheck[] =>
  checks.map((check) => [iso(check.at), check.class, check.latencyMs])
