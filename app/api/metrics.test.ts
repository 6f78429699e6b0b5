import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { entryOf } from '#lib/services/fleet.ts'
import { MAX_MODEL_CIRCUITS } from '#lib/services/metrics/circuit-families.ts'
import { MAX_DECISION_PAIRS } from '#lib/services/metrics/route-families.ts'
import { MAX_MODELS, modelSlot } from '#lib/services/observe-outcome.ts'
import {
  keyOf,
  readMetricsDocument,
  type WrittenFamily,
} from '#lib/server/metrics/metrics-document.fixture.ts'
import { FAMILIES } from '#lib/server/metrics/families.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { call } from './call.fixture.ts'
import { GET } from './metrics/route.ts'

let stage: Stage

const HOSTILE = 'Acme "EU" \\ {a="b"}, up 0'

beforeEach(async () => {
  stage = await stageRuntime()
  for (const [id, name] of [
    ['acme', HOSTILE],
    ['other', 'other'],
  ] as const)
    await call('createProvider', { body: { id, name, kind: 'http', baseUrl: 'http://127.0.0.1:1/x' } })
  await call('createRoute', {
    body: {
      name: 'main',
      models: ['m'],
      members: [{ providerId: 'acme' }, { providerId: 'other' }],
      strategy: { type: 'single', providerId: 'acme' },
    },
  })
})
afterEach(() => stage.close())

async function scrape(accept = ''): Promise<{ type: string; families: WrittenFamily[]; text: string }> {
  const request = new Request('http://localhost:3000/api/metrics', { headers: { accept } })
  const response = await GET(request, { params: Promise.resolve({}) })
  expect(response.status).toBe(200)
  const text = await response.text()
  return { type: response.headers.get('content-type') ?? '', families: readMetricsDocument(text), text }
}

/** All series by name and labels. */
const seriesOf = (families: readonly WrittenFamily[]) =>
  new Map(families.flatMap(({ series }) => series.map((one) => [keyOf(one), one.value])))
const valueOf = async (name: string, labels: Record<string, string> = {}) =>
  seriesOf((await scrape()).families).get(keyOf({ name, labels }))

const report = (part: object = {}) =>
  call('reportOutcomes', { body: [{ providerId: 'acme', model: 'm', class: 'ok', latencyMs: 700, ...part }] })
const select = async (exclude: string[] = []) =>
  (await call('selectProvider', { params: { name: 'main' }, body: { model: 'm', exclude } })).body

/** Everything that may be counted, done once. */
async function eventfulDay() {
  await call('checkProvider', { params: { id: 'acme' }, body: {} })
  stage.answer({ httpStatus: 500 })
  for (let n = 0; n < 6; n += 1) await call('checkProvider', { params: { id: 'other' }, body: {} })
  const { permit } = await select()
  await report({ permit: permit?.token })
  for (let n = 0; n < 6; n += 1) await report({ class: 'provider_error', httpStatus: 500, latencyMs: 0 })
  await select(['acme', 'other'])
  await call('setOverride', {
    params: { providerId: 'other' },
    body: { mode: 'shadow', reason: 'a look', ttl: '1h' },
  })
}

describe('the conventions of Prometheus', () => {
  const UNITS = /_(seconds|bytes|ratio|dollars|total|info|rows)$/
  const COUNTS_OR_STATES = /(_status|_enabled|_in_progress|_state|_effective|_active|_healthy|_clients)$/

  it('hold for every family', () => {
    for (const { name, help, type, labels } of FAMILIES) {
      expect(name).toMatch(/^(switchyard|process|nodejs)_[a-z][a-z_]*$/)
      expect(UNITS.test(name) || COUNTS_OR_STATES.test(name), name).toBe(true)
      expect(name.endsWith('_total'), name).toBe(type === 'counter')
      expect(help).toMatch(/^[A-Z][^"\\\n]+\.$/)
      for (const label of labels) expect(label).toMatch(/^[a-z]+$/)
      expect(labels).not.toContain('le')
    }
    expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length)
    expect(FAMILIES.length).toBeGreaterThan(30)
  })

  it.each([
    ['text/plain', 'text/plain; version=0.0.4; charset=utf-8'],
    ['application/openmetrics-text', 'application/openmetrics-text; version=1.0.0; charset=utf-8'],
  ])('hold for the document as %s', async (accept, told) => {
    await eventfulDay()
    const { type, families, text } = await scrape(accept)
    expect(type).toBe(told)
    const isOpen = accept !== 'text/plain'
    expect(text.endsWith('# EOF\n')).toBe(isOpen)
    expect(families.map(({ name }) => name)).toEqual(
      FAMILIES.map(({ name, type }) => (isOpen && type === 'counter' ? name.replace(/_total$/, '') : name)),
    )
    const keys = families.flatMap(({ series }) => series.map(keyOf))
    expect(new Set(keys).size, 'no series twice').toBe(keys.length)
    families.forEach(({ series }, place) => {
      const { labels, type } = FAMILIES[place]!
      for (const one of series) {
        const names = Object.keys(one.labels).filter((name) => type !== 'histogram' || name !== 'le')
        expect(names, one.name).toEqual(labels)
        expect(Number.isFinite(one.value), one.name).toBe(true)
      }
    })
  })

  it('has a distribution whose buckets only rise, up to its count', async () => {
    await eventfulDay()
    const { families } = await scrape()
    const distributions = families.filter(({ type }) => type === 'histogram')
    expect(distributions.length).toBe(3)
    for (const { name, series } of distributions) {
      const buckets = series.filter((one) => one.name === `${name}_bucket`)
      for (const [, ofOne] of Map.groupBy(buckets, ({ labels }) => labels['provider'] ?? '')) {
        const counts = ofOne.map(({ value }) => value)
        expect(counts).toEqual(counts.toSorted((a, b) => a - b))
        expect(ofOne.at(-1)?.labels['le']).toBe('+Inf')
        const { provider } = ofOne[0]!.labels
        const count = series.find(
          (one) => one.name === `${name}_count` && one.labels['provider'] === provider,
        )
        expect(count?.value).toBe(counts.at(-1))
      }
    }
  })
})

describe('a scrape', () => {
  it('gives a hostile name back as it is', async () => {
    expect(
      await valueOf('switchyard_provider_info', {
        provider: 'acme',
        name: HOSTILE,
        kind: 'http',
        region: '',
      }),
    ).toBe(1)
  })

  it('tells how checks ended, and how long those took that succeeded', async () => {
    await eventfulDay()
    expect(await valueOf('switchyard_checks_total', { provider: 'acme', class: 'ok' })).toBe(1)
    expect(await valueOf('switchyard_checks_total', { provider: 'other', class: 'provider_error' })).toBe(6)
    expect(await valueOf('switchyard_checks_total', { provider: 'other', class: 'ok' })).toBe(0)
    expect(await valueOf('switchyard_check_latency_seconds_count', { provider: 'acme' })).toBe(1)
    expect(await valueOf('switchyard_check_latency_seconds_count', { provider: 'other' })).toBe(0)
    expect(await valueOf('switchyard_provider_status', { provider: 'other', status: 'unhealthy' })).toBe(1)
    expect(await valueOf('switchyard_provider_status', { provider: 'other', status: 'healthy' })).toBe(0)
  })

  it('tells how attempts and requests ended, and why whom was chosen', async () => {
    await eventfulDay()
    expect(await valueOf('switchyard_traffic_attempts_total', { provider: 'acme', class: 'ok' })).toBe(1)
    expect(
      await valueOf('switchyard_traffic_attempts_total', { provider: 'acme', class: 'provider_error' }),
    ).toBe(6)
    expect(
      await valueOf('switchyard_traffic_attempts_total', { provider: 'other', class: 'ok' }),
      'no traffic, no series',
    ).toBeUndefined()
    expect(await valueOf('switchyard_traffic_latency_seconds_sum', { provider: 'acme' })).toBe(0.7)
    expect(await valueOf('switchyard_traffic_latency_seconds_bucket', { provider: 'acme', le: '1.0' })).toBe(
      1,
    )
    expect(await valueOf('switchyard_requests_total', { route: 'main', outcome: 'ok' })).toBe(1)
    expect(await valueOf('switchyard_requests_total', { route: 'main', outcome: 'none_eligible' })).toBe(1)
    expect(await valueOf('switchyard_request_attempts_total', { route: 'main' })).toBe(1)
    expect(
      await valueOf('switchyard_decisions_total', { route: 'main', provider: 'acme', reason: 'single' }),
    ).toBe(1)
    expect(
      await valueOf('switchyard_decisions_total', { route: 'main', provider: '', reason: 'none_eligible' }),
    ).toBe(1)
  })

  it('tells of circuits, of openings, and of who is held', async () => {
    await eventfulDay()
    expect(await valueOf('switchyard_circuit_state', { provider: 'other', model: '', state: 'open' })).toBe(1)
    expect(
      await valueOf('switchyard_circuit_effective', { provider: 'other', model: '', effective: 'closed' }),
      'in shadow it admits',
    ).toBe(1)
    expect(await valueOf('switchyard_circuit_state', { provider: 'acme', model: 'm', state: 'open' })).toBe(1)
    const opened = { to: 'open' }
    expect(
      await valueOf('switchyard_circuit_transitions_total', {
        provider: 'other',
        level: 'provider',
        ...opened,
      }),
    ).toBe(1)
    expect(
      await valueOf('switchyard_circuit_transitions_total', { provider: 'acme', level: 'model', ...opened }),
    ).toBe(1)
    expect(await valueOf('switchyard_overrides_active', { mode: 'shadow' })).toBe(1)
    expect(await valueOf('switchyard_overrides_active', { mode: 'forced_open' })).toBe(0)
    const until = await valueOf('switchyard_override_end_timestamp_seconds', {
      provider: 'other',
      mode: 'shadow',
    })
    expect(until).toBeCloseTo(stage.runtime.engine.clock.now() / 1_000 + 3_600, -2)
  })

  it('tells of the database, the audit, and this process', async () => {
    const before = (await valueOf('switchyard_audit_entries_total', { outcome: 'done' })) ?? 0
    await eventfulDay()
    expect(await valueOf('switchyard_audit_entries_total', { outcome: 'done' })).toBe(before + 1)
    expect(await valueOf('switchyard_journal_healthy')).toBe(1)
    stage.storage.failWrites()
    await call('checkProvider', { params: { id: 'acme' }, body: {} })
    expect(await valueOf('switchyard_journal_waiting_rows', { kind: 'check' })).toBeGreaterThan(0)
    expect(await valueOf('switchyard_self_healthy', { part: 'event_loop' })).toBe(1)
    expect(await valueOf('switchyard_self_healthy', { part: 'scheduler' }), 'it is off').toBeUndefined()
    expect(await valueOf('switchyard_build_info', { version: '0.0.0', node: process.versions.node })).toBe(1)
    expect(await valueOf('process_resident_memory_bytes')).toBeGreaterThan(1e7)
    expect(await valueOf('process_start_time_seconds')).toBeLessThan(Date.now() / 1_000)
    await expect.poll(() => valueOf('switchyard_event_loop_delay_seconds_count')).toBeGreaterThan(0)
  })

  it('never lets a counter fall, whatever is done in between', async () => {
    const counters = async () => {
      const { families } = await scrape()
      return seriesOf(families.filter(({ type }) => type !== 'gauge'))
    }
    const reset = { to: 'closed', reason: 'again' }
    const steps: (() => Promise<unknown>)[] = [
      eventfulDay,
      () => call('resetCircuit', { params: { providerId: 'other' }, body: reset }),
      () =>
        call('updateProvider', {
          params: { id: 'acme' },
          body: { expectedVersion: 1, baseUrl: 'http://127.0.0.1:2/' },
        }),
      () => report(),
      eventfulDay,
    ]
    let before = await counters()
    const begun = before
    for (const step of steps) {
      await step()
      const now = await counters()
      for (const [key, value] of before) expect(now.get(key), key).toBeGreaterThanOrEqual(value)
      before = now
    }
    const risen = [...before].filter(([key, value]) => value > (begun.get(key) ?? 0))
    expect(risen.length).toBeGreaterThan(25)
  })

  it('tells of no provider that is gone', async () => {
    await eventfulDay()
    await call('deleteProvider', { params: { id: 'other' } })
    const { families } = await scrape()
    const told = families.filter(({ series }) => series.some(({ labels }) => labels['provider'] === 'other'))
    expect(told).toEqual([])
  })
})

describe('the number of series', () => {
  it('is bounded for models’ circuits, and what is beyond is summed up', async () => {
    const { fleet } = stage.runtime.engine
    for (const id of ['acme', 'other']) {
      const entry = entryOf(fleet, id)
      for (let n = 0; n < MAX_MODELS; n += 1) modelSlot(fleet, entry, `model-${n}`)
    }
    await call('createProvider', {
      body: { id: 'third', name: 'third', kind: 'http', baseUrl: 'http://127.0.0.1:1/x' },
    })
    const others = { provider: '', model: 'other' }
    expect(await valueOf('switchyard_circuit_state', { ...others, state: 'closed' })).toBeUndefined()
    for (let n = 0; n < 3; n += 1) modelSlot(fleet, entryOf(fleet, 'third'), `model-${n}`)
    expect(await valueOf('switchyard_circuit_state', { ...others, state: 'closed' })).toBe(3)
    expect(await valueOf('switchyard_circuit_state', { ...others, state: 'open' })).toBe(0)
    const { families } = await scrape()
    const { series } = families.find(({ name }) => name === 'switchyard_circuit_state')!
    expect(series).toHaveLength((MAX_MODEL_CIRCUITS + 3 + 1) * 3)
  })

  it('is bounded for decisions, which outlive their routes, and no series falls when one is pushed into the sum', async () => {
    const { counts } = stage.runtime.engine.routing
    for (let n = 0; n < MAX_DECISION_PAIRS; n += 1) counts.add(`old-${n}`, 'gone', 'single')
    for (const route of ['late-1', 'late-2']) counts.add(route, 'gone', 'single')
    counts.add('old-0', 'gone', 'retry')
    counts.add(`old-${MAX_DECISION_PAIRS - 1}`, 'gone', 'retry')
    const others = { route: '', provider: 'other', reason: 'single' }
    expect(await valueOf('switchyard_decisions_total', others)).toBe(2)
    expect(await valueOf('switchyard_decisions_total', { ...others, reason: 'retry' })).toBeUndefined()
    const old = { route: 'old-0', provider: 'gone' }
    expect(await valueOf('switchyard_decisions_total', { ...old, reason: 'retry' })).toBe(1)
    expect(
      await valueOf('switchyard_decisions_total', { ...old, route: 'late-1', reason: 'single' }),
    ).toBeUndefined()
    counts.add('old-0', 'newly', 'single')
    expect(await valueOf('switchyard_decisions_total', { ...old, provider: 'newly', reason: 'single' })).toBe(
      1,
    )
    expect(await valueOf('switchyard_decisions_total', others)).toBe(3)
    expect(await valueOf('switchyard_decisions_total', { ...others, reason: 'retry' })).toBe(1)
  })
})
