import { authorNamed } from '#lib/domain/access/author.ts'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '#lib/domain/outcome.ts'
import { readPart } from '#lib/domain/replay/part.ts'
import { readChunk } from '#lib/domain/replay/read-chunk.ts'
import { nextDeadline, saveAverages } from './advance-fleet.ts'
import { driveCircuit } from './drive-circuit.ts'
import { MAX_MODELS, observeOutcome } from './observe-outcome.ts'
import { readCircuit } from './read-circuit.ts'
import { readMonitor } from './read-monitor.ts'
import { readRecent } from './read-recent.ts'
import { readRow } from './read-row.ts'
import { releaseOverride } from './release-override.ts'
import { setOverride } from './set-override.ts'
import { stageFleet, T0 } from './stage-fleet.fixture.ts'
import { EXACT_PER_SECOND } from './traffic-seconds.ts'

const SECOND = 1_000
const acme = { providerId: 'acme' }
const refused: Partial<Outcome> & { providerId: string } = {
  ...acme,
  class: 'provider_error',
  kind: 'refused',
  message: 'connect refused',
  httpStatus: null,
}
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value)

const traffic = (model: string, part: Partial<Outcome> = {}): Partial<Outcome> & { providerId: string } => ({
  ...acme,
  source: 'passive',
  model,
  completion: true,
  ...part,
})
const broken = (model: string) =>
  traffic(model, {
    class: 'provider_error',
    kind: 'http_status',
    message: '503 unavailable',
    httpStatus: 503,
  })

describe('the way of an outcome', () => {
  it('five failures open the circuit, and everybody hears of it once', () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.see(...times(5, refused))
    expect(stage.recorded()).toEqual(['acme closed>open consecutive_failures'])
    expect(stage.entry('acme').health).toMatchObject({ status: 'unhealthy' })
    expect(readMonitor(stage.engine)).toMatchObject({
      stats: { totalProviders: 1, unhealthyProviders: 1 },
      providers: [
        { circuit: { state: 'open', effective: 'open' }, consecutiveFailures: 5, averageLatencyMs: null },
      ],
    })
  })

  it('reaches the history with its transition and the circuit it left behind', async () => {
    const stage = stageFleet()
    stage.add('acme')
    await stage.keep('acme')
    stage.see(...times(5, refused))
    await stage.storage.journal.close(1_000)
    const { restored } = stage.storage.reopen()
    expect(restored.circuits).toMatchObject([
      { providerId: 'acme', model: null, circuit: { state: 'open', generation: 1 } },
    ])
    expect(restored.recent).toHaveLength(5)
  })

  it('turns half-open on time without traffic or anybody looking, and is due then', () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.settle({})
    stage.see(...times(5, refused))
    const { retryAt } = stage.entry('acme').own.circuit
    expect(nextDeadline(stage.fleet)).toBe(retryAt)
    stage.pass(retryAt! - stage.engine.clock.now())
    expect(stage.recorded().at(-1)).toBe('acme open>half_open recovery_timeout')
  })

  it('is dropped without harm when its provider is gone', () => {
    const stage = stageFleet()
    const check = observeOutcome(stage.fleet, stage.outcome(acme), 'implied')
    expect(check).toMatchObject({ providerId: 'acme', class: 'ok' })
    expect(stage.events).toEqual([])
  })

  it('without a permit counts for health, never for the circuit', () => {
    const stage = stageFleet()
    stage.add('acme')
    const at = stage.engine.clock.now()
    for (let i = 0; i < 9; i += 1) {
      const permits = { provider: null, model: null }
      const question = { at, origin: 'check', completion: false, model: null, permits } as const
      const asked = stage.fleet.recorder.ask(stage.entry('acme'), question)
      observeOutcome(stage.fleet, stage.outcome(refused), { ...permits, asked })
    }
    expect(stage.entry('acme').own.circuit.state).toBe('closed')
    expect(stage.entry('acme').health.status).toBe('unhealthy')
  })

  it('shows the last sixty checks, oldest first, and no traffic among them', () => {
    const stage = stageFleet()
    stage.add('acme')
    for (let i = 0; i < 70; i += 1) {
      stage.pass(SECOND)
      stage.see({ ...acme, latencyMs: i }, traffic('m'))
    }
    const recent = readRecent(stage.engine, ['acme', 'nobody']).items
    expect(Object.keys(recent)).toEqual(['acme'])
    expect(recent.acme).toHaveLength(60)
    expect(recent.acme?.[0]?.[2]).toBe(10)
    expect(recent.acme?.at(-1)?.[2]).toBe(69)
  })
})

describe('Circuits 11: two levels', () => {
  it('a model that breaks opens its own circuit, and the provider’s with it when it is the only one in use', () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.see(...times(5, broken('big')))
    expect(stage.recorded()).toEqual([
      'acme/big closed>open consecutive_failures',
      'acme closed>open models_open',
    ])
    expect(stage.entry('acme').own.circuit.lastErrors).toEqual(['big: 503 unavailable'])
  })

  it('one broken model of two in use leaves the provider closed; the second takes it along', () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.see(traffic('big'), traffic('small'), ...times(5, broken('big')))
    expect(stage.recorded()).toEqual(['acme/big closed>open consecutive_failures'])
    expect(readMonitor(stage.engine).providers[0]).toMatchObject({
      openModels: 1,
      circuit: { state: 'closed' },
    })
    stage.see(...times(5, broken('small')))
    expect(stage.recorded().slice(1)).toEqual([
      'acme/small closed>open consecutive_failures',
      'acme closed>open models_open',
    ])
  })

  it('a 429 of traffic cools the model, one of a check the provider', () => {
    const stage = stageFleet()
    stage.add('acme')
    const limited = {
      class: 'rate_limited' as const,
      kind: 'rate_limited' as const,
      httpStatus: 429,
      retryAfterMs: 20_000,
    }
    stage.see(traffic('big'), traffic('big', limited))
    const effective = (model: string | null) =>
      readCircuit(stage.engine, { providerId: 'acme', model }).effective
    expect([effective('big'), effective(null)]).toEqual(['cooling', 'closed'])
    stage.see({ ...acme, ...limited })
    expect(effective(null)).toBe('cooling')
    expect(stage.recorded()).toEqual(['acme/big cooling', 'acme cooling'])
  })

  it('names of models that come from callers cannot fill the memory', () => {
    const stage = stageFleet()
    stage.add('acme')
    for (let i = 0; i < MAX_MODELS + 50; i += 1) stage.see(traffic(`model-${i}`))
    expect(stage.entry('acme').models.size).toBe(MAX_MODELS)
    // Nor is each told apart where outcomes are recorded: beyond them it is one more, counted like any other.
    const part = stage.fleet.recorder.take(stage.fleet.entries.values(), stage.engine.clock.now())
    const records = readPart(part?.data ?? new Uint8Array()).flatMap(({ chunk }) => readChunk(chunk).records)
    const nameless = records.filter((record) => 'model' in record && record.model === '')
    expect(nameless.filter(({ type }) => type === 'call')).toHaveLength(EXACT_PER_SECOND)
    expect(nameless.at(-1)).toMatchObject({ type: 'counted', groups: [{ count: 50 - EXACT_PER_SECOND }] })
  })
})

describe('Health, in the fleet', () => {
  it('cooling makes the provider degraded for as long as it lasts', () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.see(acme)
    expect(stage.entry('acme').health.status).toBe('healthy')
    stage.see({ ...acme, class: 'rate_limited', httpStatus: 429, retryAfterMs: 20_000 })
    expect(stage.entry('acme').health.status).toBe('degraded')
    stage.pass(20_000)
    expect(stage.entry('acme').health.status).toBe('healthy')
  })

  it('makes one sample of a second of traffic, however much of it there was', () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.see(...times(1_000, traffic('m', { latencyMs: 40 })), ...times(400, broken('m')))
    expect(stage.entry('acme').health.samples).toBe(0)
    expect(nextDeadline(stage.fleet)).toBeLessThanOrEqual(stage.engine.clock.now() + SECOND)
    stage.pass(SECOND)
    expect(stage.entry('acme').health).toMatchObject({ samples: 1, averageLatencyMs: 40, successRate: 1 })
  })

  it('counts the last hour and the share of the fleet’s traffic', () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.add('other')
    stage.see(
      ...times(3, traffic('m')),
      { ...refused },
      { ...acme },
      { providerId: 'other', source: 'passive', model: 'm' },
    )
    const [row, other] = readMonitor(stage.engine).providers
    expect(row?.lastHour).toMatchObject({ count: 5, successRate: 0.8, share: 0.75 })
    expect(other?.lastHour).toMatchObject({ count: 1, share: 0.25 })
  })

  it('tells the traffic by class, and the share that a provider had in the hour before', () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.add('other')
    stage.see(...times(3, traffic('m')), { providerId: 'other', source: 'passive', model: 'm' })
    stage.pass(3_600_000)
    stage.see(
      traffic('m'),
      broken('m'),
      ...times(6, { providerId: 'other', source: 'passive', model: 'm' } as const),
    )
    const [row, other] = readMonitor(stage.engine).providers
    expect(row?.lastHour).toMatchObject({
      share: 0.25,
      earlierShare: 0.75,
      traffic: { ok: 1, provider_error: 1 },
    })
    expect(other?.lastHour).toMatchObject({ share: 0.75, earlierShare: 0.25, traffic: { ok: 6 } })
  })

  it('says nothing about an hour in which nothing happened', () => {
    const stage = stageFleet()
    stage.add('acme')
    expect(readMonitor(stage.engine).providers[0]?.lastHour).toEqual({
      count: 0,
      successRate: null,
      p50Ms: null,
      p95Ms: null,
      share: null,
      earlierShare: null,
      traffic: {},
    })
  })
})

describe('a row tells of models that operators hold', () => {
  const MINUTE = 60 * SECOND
  const hold = { mode: 'forced_open', reason: 'too dear' } as const

  async function holding() {
    const stage = stageFleet()
    stage.add('acme')
    await stage.keep('acme')
    stage.see(traffic('big'), traffic('small'))
    for (const [model, ttl] of [
      ['big', '1h'],
      ['small', '15m'],
    ] as const) {
      await setOverride(
        stage.engine,
        { ...acme, model },
        { input: { ...hold, ttl }, author: authorNamed('ops-1') },
      )
    }
    const held = () => readRow(stage.engine, 'acme')?.heldModels
    /** Whether the row was told of since the last question. */
    const isTold = () => stage.events.splice(0).some(({ type }) => type === 'row')
    return { ...stage, held, isTold, heldFrom: stage.engine.clock.now() }
  }

  it('how many there are and when the first is let go, until one after the other is', async () => {
    const { held, isTold, pass, heldFrom, engine } = await holding()
    const until = (ms: number) => new Date(heldFrom + ms).toISOString()
    expect(held()).toEqual({ count: 2, until: until(15 * MINUTE) })
    expect(isTold()).toBe(true)
    pass(15 * MINUTE)
    expect(isTold()).toBe(true)
    expect(held()).toEqual({ count: 1, until: until(60 * MINUTE) })
    await releaseOverride(engine, { ...acme, model: 'big' }, { input: {}, author: authorNamed('ops-1') })
    expect(isTold()).toBe(true)
    expect(held()).toBeNull()
  })

  it('also when a call that asks is the first to notice that the time is over', async () => {
    const { held, isTold, drift, pass, fleet, entry, engine } = await holding()
    pass(0)
    isTold()
    drift(15 * MINUTE)
    const event = { type: 'admit', at: engine.clock.now(), for: 'traffic', completion: true } as const
    driveCircuit(fleet, entry('acme').models.get('small')!, { event })
    expect(isTold()).toBe(true)
    expect(held()).toMatchObject({ count: 1 })
  })
})

describe('Circuits 13: restart', () => {
  it('restores circuits, overrides, averages and the last checks; what came due meanwhile is dated when it was due', async () => {
    const before = stageFleet()
    before.add('acme')
    await before.keep('acme')
    before.see(acme, ...times(5, refused))
    saveAverages(before.fleet)
    await before.storage.journal.close(1_000)
    const { circuit } = before.entry('acme').own

    const after = stageFleet(before.storage.reopen(), T0 + 3_600_000)
    expect(after.entry('acme')).toMatchObject({
      health: { status: 'unhealthy', averageLatencyMs: 100, samples: 6 },
      own: {
        circuit: {
          state: 'half_open',
          since: circuit.retryAt,
          generation: circuit.generation + 1,
          openings: 1,
        },
      },
      lastCheckAt: T0 + 60_000,
    })
    expect(after.entry('acme').recent.list()).toHaveLength(6)
    expect(after.recorded()).toEqual(['acme open>half_open recovery_timeout'])
    expect(after.fleet.settings.version).toBe(1)
  })
})
