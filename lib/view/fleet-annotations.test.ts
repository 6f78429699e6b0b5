import { expect, it } from 'vitest'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { fleetAnnotations } from './fleet-annotations.ts'

const FROM = Date.UTC(2026, 0, 31, 11)
const MINUTE = 60_000

const at = (minute: number) => ({
  id: `e${minute}`,
  at: new Date(FROM + minute * MINUTE).toISOString(),
  providerId: null,
  model: null,
  persisted: true,
})
const opened = (minute: number): FleetEventRecord => ({
  ...at(minute),
  kind: 'transition',
  providerId: 'azure-eu',
  from: 'closed',
  to: 'open',
  cause: 'failure_rate',
  evidence: { calls: 20, failures: 12, slow: 0, consecutiveFailures: 3, lastErrors: [] },
  actor: 'switchyard',
  reason: null,
  retryAt: null,
})
const reset = (minute: number): FleetEventRecord => ({
  ...(opened(minute) as Extract<FleetEventRecord, { kind: 'transition' }>),
  from: 'open',
  to: 'half_open',
  cause: 'operator',
  actor: 'ops-1',
})
const action = (minute: number, name: string): FleetEventRecord => ({
  ...at(minute),
  kind: 'action',
  action: name,
  summary: 'thresholds changed to version 3',
  actor: 'ops-1',
  reason: null,
})
const marker = (minute: number): FleetEventRecord => ({
  ...at(minute),
  kind: 'marker',
  title: 'shop 4.2 deployed',
  text: null,
  url: null,
  actor: 'ci',
})
const override = (minute: number, phase: 'set' | 'expired'): FleetEventRecord => ({
  ...at(minute),
  kind: 'override',
  providerId: 'azure-eu',
  model: 'gpt-4o',
  phase,
  override: {
    mode: 'forced_open',
    actor: 'ops-1',
    reason: 'invoice dispute',
    since: new Date(FROM).toISOString(),
    until: new Date(FROM + 60 * MINUTE).toISOString(),
  },
  actor: 'ops-1',
  reason: 'invoice dispute',
})

const view = (events: FleetEventRecord[]) =>
  fleetAnnotations({
    from: FROM,
    to: FROM + 60 * MINUTE,
    zone: 'UTC',
    events,
    glyphShare: 0.03,
    nameOf: () => 'Azure EU',
  })

it('tells what was done, by whom to whom, and leaves to the lanes what circuits did by themselves', () => {
  const { clusters, list, summary } = view([
    opened(5),
    marker(10),
    action(20, 'settings.save'),
    override(30, 'set'),
    action(30, 'circuit.force'),
    override(40, 'expired'),
    reset(50),
  ])
  expect(list.map(({ words }) => words).toReversed()).toEqual([
    'shop 4.2 deployed',
    'thresholds changed to version 3 by ops-1',
    'Azure EU gpt-4o forced open by ops-1: invoice dispute',
    'Azure EU half-open: reset by ops-1',
  ])
  expect(clusters.map(({ kind, x }) => [kind, Math.round(x * 60)])).toEqual([
    ['marker', 10],
    ['settings', 20],
    ['override', 30],
    ['half_opened', 50],
  ])
  expect(summary).toBe('Done: 4 happenings in this range.')
})

it('says that nothing was done', () => {
  expect(view([opened(5)])).toMatchObject({ clusters: [], summary: 'Nothing was done in this range.' })
})
