import type { Check } from '#lib/contract/check.ts'
import type { CheckRecord } from '../records.ts'
import { iso } from './time.ts'

/** A check as the wire shows it. Until it is on disk its id is made of its provider and end. */
export const presentCheck = (check: CheckRecord): Check => ({
  id: `${check.providerId}@${check.at}`,
  providerId: check.providerId,
  at: iso(check.at),
  class: check.class,
  source: check.source,
  model: check.model,
  latencyMs: check.latencyMs,
  phases: check.phases,
  httpStatus: check.httpStatus,
  kind: check.kind,
  error: check.message,
  skipped: check.skipped,
  count: check.count,
})
