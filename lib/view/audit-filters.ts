import { AUDIT_OUTCOMES, ENTITY_TYPES } from '#lib/domain/audit.ts'
import { ENTITY_WORDS, OUTCOMES } from './audit-view.ts'
import { filtersInForce } from './no-match.ts'

/** What the audit's list may be narrowed by, as the URL has it; null: it is not. The time is in words. */
type AuditFilters = Record<'q' | 'actor' | 'action' | 'entity' | 'outcome' | 'time', string | null>

/** The filters of the audit's list that are in force, as their controls show them. */
export function auditFilters({ q, actor, action, entity, outcome, time }: AuditFilters): readonly string[] {
  // What the URL names need not be one that is offered.
  const type = ENTITY_TYPES.find((one) => one === entity)
  const ending = AUDIT_OUTCOMES.find((one) => one === outcome)
  return filtersInForce([
    ['', q],
    ['who', actor],
    ['action', action],
    ['about', type === undefined ? entity : ENTITY_WORDS[type]],
    ['outcome', ending === undefined ? outcome : OUTCOMES[ending].words],
    ['time', time],
  ])
}
