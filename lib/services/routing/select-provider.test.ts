import { describe, expect, it } from 'vitest'
import type { ReportedOutcome } from '#lib/contract/check.ts'
import { decisionSchema } from '#lib/contract/decision.ts'
import type { Strategy } from '#lib/domain/routing/route.ts'
import { reportOutcomes } from '../report-outcomes.ts'
import { expirePermits } from './end-permit.ts'
import { selectProvider } from './select-provider.ts'
import { IN_ORDER, stageRoute } from './stage-route.fixture.ts'

const SECOND = 1_000
const MINUTE = 60_000

function stageSelect(ids: readonly string[], shape: Parameters<typeof stageRoute>[1] = {}) {
  const stage = stageRoute(ids, shape)
  return {
    ...stage,
    select: (input: Parameters<typeof selectProvider>[2] = {}) =>
      decisionSchema.parse(selectProvider(stage.engine, 'main', { model: 'gpt-4o', ...input })),
    report: (...outcomes: Partial<ReportedOutcome>[]) =>
      reportOutcomes(
        stage.engine,
        outcomes.map((one) => ({ providerId: 'acme', model: 'gpt-4o', latencyMs: 40, class: 'ok', ...one })),
      ),
  }
}

describe('select', () => {
  it('hands out a permit, and takes it back with the outcome', () => {
    const stage = stageSelect(['acme', 'blue'])
    const decision = stage.select()
    expect(decision).toMatchObject({
      chosen: 'acme',
      requestId: null,
      permit: { trial: false, expiresAt: new Date(stage.now() + 10 * MINUTE).toISOString() },
    })
    expect(stage.calls('acme')).toBe(1)
    stage.report({ permit: decision.permit!.token })
    expect(stage.calls('acme')).toBe(0)
    expect(stage.engine.routing.log.find(decision.id)?.decision.attempts).toMatchObject([
      { providerId: 'acme', class: 'ok', latencyMs: 40 },
    ])
    expect(stage.engine.routing.live.get('main')?.traffic.requests(stage.now()).count).toBe(1)
  })

  it('never chooses the excluded, not even as the last', () => {
    const stage = stageSelect(['acme', 'blue'])
    expect(stage.select({ exclude: ['acme'] })).toMatchObject({ chosen: 'blue', reasonCode: 'retry' })
    const nobody = stage.select({ exclude: ['acme', 'blue'] })
    expect(nobody).toMatchObject({ chosen: null, permit: null, panic: false })
    expect(nobody.candidates.map(({ drop }) => drop)).toEqual(['excluded', 'excluded'])
  })

  it('is kept to members that serve the API it is asked through, as the gateway is', () => {
    const stage = stageSelect(['acme'], { provider: { kind: 'anthropic' } })
    expect(stage.select({ api: 'messages' }).chosen).toBe('acme')
    expect(stage.select({ api: 'embeddings' })).toMatchObject({
      chosen: null,
      candidates: [{ drop: 'model_not_served' }],
    })
    expect(stage.select().chosen, 'who does not say may mean any').toBe('acme')
  })

  it('takes the tokens from the size where they are not given, as the gateway does', () => {
    const strategy: Strategy = {
      type: 'conditional',
      rules: [{ name: 'long', when: { minTokens: 1_000 }, use: { type: 'single', providerId: 'blue' } }],
      otherwise: { type: 'single', providerId: 'acme' },
    }
    const stage = stageSelect(['acme', 'blue'], { route: { strategy } })
    expect(stage.select({ requestBytes: 3_996 })).toMatchObject({ chosen: 'acme', rule: 'otherwise' })
    expect(stage.select({ requestBytes: 3_997 })).toMatchObject({ chosen: 'blue', rule: 'long' })
    expect(stage.select({ requestBytes: 3_997, estimatedTokens: 10 }).chosen).toBe('acme')
    expect(stage.select().chosen).toBe('acme')
  })

  it('says when somebody may take the call again, where nobody may now', () => {
    const stage = stageSelect(['acme'])
    stage.report({ class: 'rate_limited', retryAfterMs: 8_000 })
    expect(stage.select()).toMatchObject({
      chosen: null,
      permit: null,
      returnsAt: new Date(stage.now() + 8_000).toISOString(),
    })
    expect(stage.kept).toMatchObject([{ failed: true }])
  })

  it('marks a trial; its permit lives as long as the lease', () => {
    const stage = stageSelect(['acme'])
    stage.open('acme')
    stage.pass(70 * SECOND)
    const first = stage.select().permit!
    expect(first).toEqual({
      token: first.token,
      trial: true,
      expiresAt: new Date(stage.now() + 30 * SECOND).toISOString(),
    })
    const second = stage.select().permit!
    stage.report({ permit: first.token }, { permit: second.token })
    expect(stage.entry('acme').own.circuit.state).toBe('closed')
  })

  it('is told of an unknown route', () => {
    const stage = stageSelect(['acme'])
    expect(() => selectProvider(stage.engine, 'other', {})).toThrow('There is no route "other".')
  })
})

describe('a permit', () => {
  it('that is not used expires, and holds nothing any more', () => {
    const stage = stageSelect(['acme'])
    stage.open('acme')
    stage.pass(70 * SECOND)
    const { permit, id } = stage.select()
    expect(stage.leases('acme').own).toBe(1)
    stage.pass(30 * SECOND)
    expirePermits(stage.engine)
    expect(stage.calls('acme')).toBe(0)
    expect(stage.leases('acme').own).toBe(0)
    expect(stage.engine.routing.log.find(id)?.decision.attempts).toEqual([])
    const { generation } = stage.entry('acme').own.circuit
    stage.report({ permit: permit!.token, at: new Date(stage.now()).toISOString(), latencyMs: 60_000 })
    expect(stage.entry('acme').own.circuit).toMatchObject({ state: 'half_open', generation })
    expect(stage.entry('acme').hour.figures(stage.now()).successRate).not.toBeNull()
  })

  it('frees its place also for requests that come through the gateway', () => {
    const stage = stageSelect(['acme'], { provider: { maxConcurrency: 1 } })
    stage.select()
    expect(stage.ask().next()).toBeNull()
    stage.pass(10 * MINUTE)
    expect(stage.ask().next()).not.toBeNull()
  })

  it('is good once', () => {
    const stage = stageSelect(['acme'])
    const { token } = stage.select().permit!
    stage.report({ permit: token }, { permit: token }, { permit: token })
    expect(stage.calls('acme')).toBe(0)
    expect(stage.entry('acme').hour.figures(stage.now()).count).toBe(3)
  })

  it('that nobody knows is treated as none: a call that began in the present state counts', () => {
    const stage = stageSelect(['acme'])
    stage.report({ permit: 'forgotten', class: 'provider_error', httpStatus: 500, latencyMs: 0 })
    expect(stage.entry('acme').models.get('gpt-4o')?.circuit.consecutiveFailures).toBe(1)
  })

  it('of another provider refuses the whole report, at its path', () => {
    const stage = stageSelect(['acme', 'blue'], { route: { strategy: IN_ORDER } })
    const { token } = stage.select().permit!
    let fields: unknown
    try {
      stage.report({ providerId: 'acme' }, { providerId: 'blue', permit: token })
    } catch (error) {
      fields = (error as { fields: unknown }).fields
    }
    expect(fields).toEqual([{ path: '1.permit', message: 'this permit is for acme, not for blue' }])
    expect(stage.calls('acme')).toBe(1)
    expect(stage.entry('acme').hour.figures(stage.now()).count).toBe(0)
  })

  it('that has expired is nobody’s any more', () => {
    const stage = stageSelect(['acme', 'blue'], { route: { strategy: IN_ORDER } })
    const { token } = stage.select().permit!
    stage.pass(10 * MINUTE)
    expect(stage.report({ providerId: 'blue', permit: token })).toEqual({ accepted: 1 })
  })

  it('of a trial whose lease is over moves nothing, though its call began while half-open', () => {
    const stage = stageSelect(['acme'])
    stage.open('acme')
    stage.pass(70 * SECOND)
    const { trial, token } = stage.select().permit!
    expect(trial).toBe(true)
    stage.pass(40 * SECOND)
    const before = stage.entry('acme').own.circuit
    stage.report({ permit: token, class: 'provider_error', error: 'refused', latencyMs: 30_000 })
    expect(stage.entry('acme').own.circuit).toMatchObject({
      state: 'half_open',
      generation: before.generation,
      trialsSucceeded: 0,
    })
    expect(stage.entry('acme').hour.figures(stage.now()).successRate).not.toBeNull()
  })

  it('carries the generation: a result from before the circuit opened changes nothing', () => {
    const stage = stageSelect(['acme'])
    const { token } = stage.select().permit!
    stage.open('acme')
    const { generation, retryAt } = stage.entry('acme').own.circuit
    stage.report({ permit: token, class: 'provider_error', error: 'refused' })
    expect(stage.entry('acme').own.circuit).toMatchObject({ state: 'open', generation, retryAt })
  })

  it('counts for its A/B variant', () => {
    const variants = [
      { name: 'old', percent: 100, providerIds: ['acme'] },
      { name: 'new', percent: 0, providerIds: ['blue'] },
    ]
    const stage = stageSelect(['acme', 'blue'], {
      route: { strategy: { type: 'ab-test', stickyBy: 'user', variants } },
    })
    stage.report({ permit: stage.select({ userId: 'ann' }).permit!.token })
    expect(stage.engine.routing.live.get('main')?.traffic.variant(stage.now(), 'old')).toMatchObject({
      count: 1,
      successRate: 1,
    })
  })
})

describe('a dry run', () => {
  /** Everything that a decision could leave a trace in. */
  const traces = ({ engine, fleet, storage, kept, events }: ReturnType<typeof stageSelect>) =>
    structuredClone({
      live: [...engine.routing.live].map(([name, { memory }]) => [name, memory]),
      counts: engine.routing.counts.all(),
      held: engine.routing.log.held(),
      permits: engine.routing.permits.dueAt,
      entries: [...fleet.entries.values()].map(({ calls, own, models, health }) => ({
        calls,
        own,
        models,
        health,
      })),
      status: storage.journal.status(),
      kept,
      events,
    })

  it('decides as it would, and leaves no trace', () => {
    const stage = stageSelect(['acme', 'blue'])
    stage.open('acme')
    stage.pass(70 * SECOND)
    const before = traces(stage)
    expect(stage.select({ dryRun: true })).toMatchObject({ chosen: 'acme', permit: null })
    expect(stage.select({ dryRun: true, supposeOpen: ['blue'] }).candidates).toHaveLength(2)
    expect(traces(stage)).toEqual(before)
  })

  it('takes the turn that comes next, again and again', () => {
    const stage = stageSelect(['acme', 'blue'])
    stage.select()
    expect([1, 2, 3].map(() => stage.select({ dryRun: true }).chosen)).toEqual(['blue', 'blue', 'blue'])
    expect(stage.select().chosen).toBe('blue')
  })

  it('takes circuits for open', () => {
    const stage = stageSelect(['acme', 'blue'], { route: { strategy: IN_ORDER } })
    const decision = stage.select({ dryRun: true, supposeOpen: ['acme'] })
    expect(decision).toMatchObject({ chosen: 'blue', candidates: [{ drop: 'circuit_open' }, { drop: null }] })
    const all = stage.select({ dryRun: true, supposeOpen: ['acme', 'blue'] })
    expect(all).toMatchObject({ panic: true })
  })

  it('leaves out the excluded too', () => {
    const stage = stageSelect(['acme', 'blue'], { route: { strategy: IN_ORDER } })
    expect(stage.select({ dryRun: true, exclude: ['acme'] })).toMatchObject({
      chosen: 'blue',
      candidates: [{ drop: 'excluded' }, { drop: null }],
    })
  })

  it.each(['forced_closed', 'shadow'] as const)('lets %s go on to admit everything', (mode) => {
    const stage = stageSelect(['acme', 'blue'], { route: { strategy: IN_ORDER } })
    stage.force('acme', mode)
    expect(stage.select({ dryRun: true, supposeOpen: ['acme'] }).chosen).toBe('acme')
    stage.open('acme')
    const [opened] = stage.select({ dryRun: true }).candidates
    expect(opened?.drop, 'as where it has opened').not.toBe('circuit_open')
  })

  it('knows that an override is over, though nobody has looked yet', () => {
    const stage = stageSelect(['acme'])
    stage.force('acme', 'forced_closed', 0)
    expect(stage.select({ dryRun: true, supposeOpen: ['acme'] })).toMatchObject({ panic: true })
  })

  it('supposes nothing of who is unknown, and says so at its place', () => {
    const stage = stageSelect(['acme', 'blue'])
    const supposed = () => stage.select({ dryRun: true, supposeOpen: ['acme', 'gone', 'cedar'] })
    expect(supposed).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        fields: [
          { path: 'supposeOpen.1', message: 'there is no provider "gone"' },
          { path: 'supposeOpen.2', message: 'there is no provider "cedar"' },
        ],
      }),
    )
  })

  it('is the only one that may suppose', () => {
    const stage = stageSelect(['acme'])
    expect(() => stage.select({ supposeOpen: ['acme'] })).toThrow('dry run only')
  })
})
