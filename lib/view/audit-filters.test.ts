import { describe, expect, it } from 'vitest'
import { auditFilters } from './audit-filters.ts'

const NONE = { q: null, actor: null, action: null, entity: null, outcome: null, time: null }

describe('the filters of the audit that are in force', () => {
  it('are none of those that are not set', () => {
    expect(auditFilters(NONE)).toEqual([])
  })

  it('are all of those that are, in the words of their controls', () => {
    const all = {
      q: 'invoice',
      actor: 'ops-1',
      action: 'circuit.override',
      entity: 'client-key',
      outcome: 'refused',
      time: 'last hour',
    }
    expect(auditFilters(all)).toEqual([
      '“invoice”',
      'who “ops-1”',
      'action “circuit.override”',
      'about “Gateway key”',
      'outcome “Refused”',
      'time “last hour”',
    ])
  })

  it('are told as the URL has them where no control offers them', () => {
    expect(auditFilters({ ...NONE, entity: 'circuit:openai-prod', outcome: 'lost' })).toEqual([
      'about “circuit:openai-prod”',
      'outcome “lost”',
    ])
  })
})
