import { describe, expect, it } from 'vitest'
import type { AuditEntryView } from '#lib/contract/audit.ts'
import { auditDiff } from './audit-diff.ts'
import { aboutWords, actionKinds, auditLine, chartHref } from './audit-view.ts'

const ENTRY: AuditEntryView = {
  number: 7,
  id: 'a7',
  at: '2026-01-31T12:00:00.000Z',
  actor: 'ops-1',
  actorId: 'user:u1',
  address: '192.0.2.7',
  requestId: 'r1',
  action: 'circuit.force',
  entity: { type: 'circuit', id: 'acme/gpt-4o' },
  providerId: 'acme',
  model: 'gpt-4o',
  outcome: 'done',
  summary: 'forced open for 1h',
  reason: 'maintenance',
  before: null,
  after: null,
  previousHash: '',
  hash: 'f'.repeat(64),
}
const nameOf = (id: string) => (id === 'acme' ? 'Acme' : id)

describe('an entry of the audit', () => {
  it('is a line in words', () => {
    expect(auditLine(ENTRY, nameOf)).toEqual({
      number: 7,
      at: ENTRY.at,
      outcome: { words: 'Done', icon: 'closed' },
      actor: 'ops-1',
      action: 'circuit.force',
      about: 'Circuit Acme, gpt-4o',
      summary: 'Forced open for 1h',
      reason: 'maintenance',
    })
  })

  it.each([
    [{ entity: null }, ''],
    [{ entity: { type: 'provider', id: 'gone' } as const, providerId: 'gone', model: null }, 'Provider gone'],
    [{ entity: { type: 'route', id: 'chat' } as const, providerId: null, model: null }, 'Route chat'],
    [{ entity: { type: 'settings', id: '' } as const, providerId: null, model: null }, 'Settings'],
    [{ entity: { type: 'marker', id: 'm1' } as const, model: null }, 'Marker m1'],
  ])('says what it is about: %j', (over, words) => {
    expect(aboutWords({ ...ENTRY, ...over }, nameOf)).toBe(words)
  })

  it('leads to its provider’s charts at that time, where it concerns one', () => {
    expect(chartHref({ ...ENTRY, providerId: 'a b' })).toBe(
      '/providers/a%20b?from=2026-01-31T11:15:00.000Z&to=2026-01-31T12:15:00.000Z',
    )
    expect(chartHref({ ...ENTRY, providerId: null })).toBeNull()
  })

  it('adds its kind to the choices', () => {
    expect(actionKinds(['user.create', 'circuit.reset'], null)).toContain('user')
    expect(actionKinds([], 'circuit.force')).toContain('circuit.force')
    expect(new Set(actionKinds(['circuit.reset'], 'circuit')).size).toBe(actionKinds([], null).length)
  })
})

describe('what differs', () => {
  it('is told field by field, and what is the same is not', () => {
    const before = {
      name: 'a',
      probe: { path: '/x', type: 'http' },
      tags: ['a', 'b'],
      models: [{ name: 'm' }],
    }
    const after = { name: 'b', probe: { path: null, type: 'http' }, tags: ['a'], models: [], region: 'eu' }
    expect(auditDiff(before, after)).toEqual({
      kind: 'changed',
      lines: [
        { path: 'name', before: 'a', after: 'b' },
        { path: 'tags', before: 'a, b', after: 'a' },
        { path: 'models', before: null, after: 'none' },
        { path: 'region', before: null, after: 'eu' },
        { path: 'probe.path', before: '/x', after: null },
        { path: 'models.0.name', before: 'm', after: null },
      ],
      more: 0,
    })
  })

  it.each([
    [null, { name: 'a' }, 'made', [{ path: 'name', before: null, after: 'a' }]],
    [{ name: 'a' }, null, 'gone', [{ path: 'name', before: 'a', after: null }]],
    [null, null, 'none', []],
    [{ a: 1 }, { a: 1 }, 'changed', []],
    [1, 2, 'changed', [{ path: '', before: '1', after: '2' }]],
  ])('between %j and %j is %s', (before, after, kind, lines) => {
    expect(auditDiff(before, after)).toEqual({ kind, lines, more: 0 })
  })

  it('is cut where nobody would read on, and says so', () => {
    const after = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`f${n}`, n]))
    expect(auditDiff(null, after)).toMatchObject({ more: 50 })
    expect(auditDiff(null, after).lines).toHaveLength(200)
  })
})
