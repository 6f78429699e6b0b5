import { describe, expect, it } from 'vitest'
import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { annotationsView } from './annotations-view.ts'

const FROM = Date.UTC(2026, 0, 31, 11)
const MINUTE = 60_000
const iso = (minute: number) => new Date(FROM + minute * MINUTE).toISOString()

const opened = (minute: number, model: string | null = null): FleetEventRecord => ({
  kind: 'transition',
  id: `opened-${minute}`,
  providerId: 'azure-eu',
  model,
  at: iso(minute),
  from: 'closed',
  to: 'open',
  cause: 'failure_rate',
  evidence: { calls: 20, failures: 12, slow: 0, consecutiveFailures: 3, lastErrors: ['502 bad gateway'] },
  actor: 'switchyard',
  reason: null,
  retryAt: null,
  persisted: true,
})
const action = (minute: number): FleetEventRecord => ({
  kind: 'action',
  id: `action-${minute}`,
  providerId: 'azure-eu',
  model: null,
  at: iso(minute),
  action: 'settings.saved',
  summary: 'thresholds changed to version 3',
  actor: 'ops-1',
  reason: 'too nervous',
  persisted: true,
})

const view = (events: FleetEventRecord[], glyphShare = 0.02) =>
  annotationsView({
    from: FROM,
    to: FROM + 60 * MINUTE,
    now: FROM + 60 * MINUTE,
    zone: 'UTC',
    events,
    glyphShare,
  })

describe('annotations', () => {
  it('stand at their time and say what happened, newest first in the list', () => {
    const { clusters, list } = view([action(45), opened(15)])
    expect(clusters.map(({ x, kind, count }) => [x, kind, count])).toEqual([
      [0.25, 'opened', 1],
      [0.75, 'settings', 1],
    ])
    expect(list.map(({ text }) => text)).toEqual([
      '11:45:00 thresholds changed to version 3 by ops-1: too nervous',
      '11:15:00 opened: too many failures (12 of 20, 60\u202f%): 502 bad gateway',
    ])
  })

  it('leave out what is outside the range', () => {
    expect(view([opened(-1), opened(61)])).toMatchObject({
      clusters: [],
      list: [],
      summary: 'Nothing happened in this range.',
    })
  })

  it('become one glyph where they would overlap, showing the gravest', () => {
    const { clusters, list } = view([opened(30.5), action(30), action(40)])
    expect(clusters.map(({ kind, count }) => [kind, count])).toEqual([
      ['opened', 2],
      ['settings', 1],
    ])
    expect(clusters[0]?.title.split('\n')).toHaveLength(2)
    expect(list).toHaveLength(3)
  })

  it('do not chain into one glyph when a thousand stand side by side', () => {
    const { clusters } = view(Array.from({ length: 600 }, (_, i) => opened(i / 10)))
    expect(clusters.length).toBeGreaterThan(40)
    expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(600)
    const gaps = clusters.slice(1).map(({ x }, i) => x - (clusters[i]?.x ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.02)
  })

  it('never write their counts over each other where the last one has its count before it', () => {
    const near = [opened(57.5), action(57.6), opened(59), action(59.9)]
    const { clusters } = view(near)
    expect(clusters.map(({ count, atEdge }) => [count, atEdge])).toEqual([[4, false]])
    const far = [opened(55), action(55.1), opened(59), action(59.9)]
    expect(view(far).clusters.map(({ count, atEdge }) => [count, atEdge])).toEqual([
      [2, false],
      [2, true],
    ])
  })

  it('show a marker with a sign of its own and all it says', () => {
    const marker: FleetEventRecord = {
      kind: 'marker',
      id: 'marker',
      providerId: null,
      model: null,
      at: iso(20),
      title: 'shop 4.2 deployed',
      text: 'new prompt',
      url: null,
      actor: 'operator',
      persisted: true,
    }
    const { clusters, list } = view([marker, action(20.1), opened(50)])
    expect(clusters.map(({ kind, count }) => [kind, count])).toEqual([
      ['marker', 2],
      ['opened', 1],
    ])
    expect(list.at(-1)?.text).toBe('11:20:00 shop 4.2 deployed: new prompt')
  })

  it('name the model where it was a model’s circuit', () => {
    expect(view([opened(15, 'gpt-4o')]).list[0]?.text).toContain('gpt-4o opened')
  })
})
