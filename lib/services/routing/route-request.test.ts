import { authorNamed } from '#lib/domain/access/author.ts'
import { describe, expect, it } from 'vitest'
import { changeProvider, dropProvider } from '../configure-provider.ts'
import { FACTS, IN_ORDER, stageRoute } from './stage-route.fixture.ts'
import { dropRoute, putRoute } from './routing.ts'

const SECOND = 1_000

describe('an attempt', () => {
  it('is under way until it is settled, and leaves its part in the decision', async () => {
    const stage = stageRoute(['acme', 'blue'])
    const request = stage.ask()
    const admission = request.next()!
    expect(admission).toMatchObject({
      provider: { id: 'acme' },
      model: 'gpt-4o',
      isTrial: false,
      permits: { provider: { kind: 'pass' }, model: { kind: 'pass' } },
    })
    expect(request.selection).toMatchObject({ chosen: 0, strategy: 'load-balance' })
    expect(stage.calls('acme')).toBe(1)
    expect((await request.settle(admission, stage.ok())).class).toBe('ok')
    expect(stage.calls('acme')).toBe(0)
    stage.finish(request)
    expect(stage.engine.routing.log.find('request-1')?.decision).toMatchObject({
      id: request.decision.id,
      route: 'main',
      chosen: 0,
      attempts: [{ providerId: 'acme', model: 'gpt-4o', class: 'ok', httpStatus: 200, latencyMs: 50 }],
    })
  })

  it('leaves in the decision all that was selected, by whatever rule', () => {
    const variants = [{ name: 'all', percent: 100, providerIds: ['acme'] }]
    const use = { type: 'ab-test', stickyBy: 'user', variants } as const
    const rules = [{ name: 'ours', when: { model: 'gpt-4o' }, use }]
    const otherwise = { type: 'load-balance', algorithm: 'round-robin' } as const
    const stage = stageRoute(['acme', 'blue'], {
      route: { strategy: { type: 'conditional', rules, otherwise } },
    })
    const request = stage.ask()
    request.next()
    expect(request.selection).toMatchObject({ strategy: 'ab-test', rule: 'ours', variant: 'all' })
    expect(request.decision).toMatchObject(request.selection!)
  })

  it('counts once, however often it is settled', async () => {
    const stage = stageRoute(['acme'])
    const request = stage.ask()
    const admission = request.next()!
    const first = await request.settle(admission, stage.broken())
    expect(await request.settle(admission, stage.ok())).toBe(first)
    stage.finish(request)
    expect(stage.calls('acme')).toBe(0)
    expect(request.decision.attempts).toHaveLength(1)
    expect(stage.entry('acme').hour.figures(stage.now())).toMatchObject({ count: 1 })
  })

  it('that nobody settled is settled by the end, as cancelled', () => {
    const stage = stageRoute(['acme'])
    const request = stage.ask()
    request.next()
    stage.finish(request, 'cancelled')
    expect(stage.calls('acme')).toBe(0)
    expect(request.decision.attempts).toMatchObject([{ class: 'cancelled' }])
    expect(stage.entry('acme').models.get('gpt-4o')?.circuit.consecutiveFailures).toBe(0)
  })

  it('cannot begin after the end', () => {
    const stage = stageRoute(['acme'])
    const request = stage.ask()
    stage.finish(request)
    expect(request.next()).toBeNull()
    expect(stage.calls('acme')).toBe(0)
  })

  it('of another request is refused', () => {
    const stage = stageRoute(['acme'])
    const admission = stage.ask().next()!
    expect(() => stage.ask().settle(admission, stage.ok())).toThrow('not one of this request')
  })

  it('waits for the canary alone, and its decision waits for it', async () => {
    const stage = stageRoute(['acme', 'blue'])
    const asked = Promise.withResolvers<'down'>()
    stage.engine.world.askCanary = () => asked.promise
    const request = stage.ask()
    const verdict = request.settle(request.next()!, stage.refused())
    stage.finish(request, 'internal')
    expect(stage.calls('acme')).toBe(1)
    expect(stage.engine.routing.log.held()).toHaveLength(0)
    asked.resolve('down')
    expect(await verdict).toMatchObject({ class: 'internal', kind: 'egress_down' })
    expect(stage.calls('acme')).toBe(0)
    expect(stage.engine.routing.log.held()).toMatchObject([
      { failed: true, decision: { attempts: [{ class: 'internal' }] } },
    ])
    expect(stage.entry('acme').own.circuit.consecutiveFailures).toBe(0)
  })

  it('gives everything back also when it cannot be judged', async () => {
    const stage = stageRoute(['acme'])
    stage.engine.world.askCanary = () => Promise.reject(new Error('a bug'))
    stage.openModel('acme')
    stage.open('acme')
    stage.pass(70 * SECOND)
    const request = stage.ask()
    const admission = request.next()!
    expect(stage.leases('acme')).toEqual({ own: 1, model: 1 })
    const verdict = request.settle(admission, stage.refused())
    stage.finish(request, 'internal')
    await expect(verdict).rejects.toThrow('a bug')
    expect(stage.calls('acme')).toBe(0)
    expect(stage.leases('acme')).toEqual({ own: 0, model: 0 })
    expect(stage.engine.routing.log.held()).toHaveLength(1)
  })

  it('of a provider that was replaced meanwhile counts for nothing, and is free again all the same', async () => {
    const stage = stageRoute(['acme'])
    const request = stage.ask()
    const admission = request.next()!
    const entry = stage.entry('acme')
    changeProvider(stage.fleet, entry, {
      provider: { ...entry.provider, baseUrl: 'https://other.example.com/v1' },
      author: authorNamed('ann'),
    })
    await request.settle(admission, stage.broken())
    expect(entry).toMatchObject({ calls: 0, peakEwma: null })
    expect(entry.hour.figures(stage.now()).count).toBe(0)
    expect(entry.models.get('gpt-4o')?.circuit.consecutiveFailures).toBe(0)
    expect(request.decision.attempts).toMatchObject([{ class: 'provider_error' }])
  })

  it('of a provider that was deleted and made anew does not touch the new one', async () => {
    const stage = stageRoute(['acme'])
    const request = stage.ask()
    const admission = request.next()!
    dropProvider(stage.fleet, stage.entry('acme'))
    stage.add('acme')
    await request.settle(admission, stage.broken())
    expect(stage.entry('acme').calls).toBe(0)
    expect(stage.entry('acme').models.size).toBe(0)
  })

  it('ends no later than now, whatever its carrier says', async () => {
    const stage = stageRoute(['acme'])
    const request = stage.ask()
    const at = stage.now()
    await request.settle(request.next()!, stage.end({ startedAt: at, endedAt: at + 60_000 }))
    expect(stage.entry('acme').models.get('gpt-4o')?.lastTrafficAt).toBe(at)
  })
})

describe('what is measured', () => {
  it('takes a stream’s first token for its latency, not its end', async () => {
    const stage = stageRoute(['acme'])
    const request = stage.ask()
    const at = stage.now()
    await request.settle(request.next()!, stage.end({ startedAt: at - 9_000, endedAt: at }, 200))
    expect(stage.entry('acme').peakEwma?.meanMs).toBe(200)
    expect(request.decision.attempts).toMatchObject([{ latencyMs: 9_000, firstTokenMs: 200 }])
  })

  it.each([
    ['an answer', null],
    ['a stream’s first token', 200],
  ])('holds no stall of ours against the provider: %s came when we looked', async (_what, firstTokenMs) => {
    const stage = stageRoute(['acme'])
    const at = stage.now()
    const asked: unknown[] = []
    stage.engine.world.maxLoopDelaySince = (...span) => {
      asked.push(span)
      return 90_000
    }
    await stage.carry(() => stage.end({ startedAt: at - 9_000, endedAt: at }, firstTokenMs))
    expect(asked).toEqual([[at - 9_000, at - 9_000 + (firstTokenMs ?? 9_000)]])
    expect(stage.entry('acme').peakEwma).toBeNull()
    expect(stage.entry('acme').models.get('gpt-4o')?.lastTrafficAt).toBe(at)
    const { decision } = stage.engine.routing.log.find('request-1')!
    expect(decision.attempts).toMatchObject([{ class: 'ok', latencyMs: 9_000 }])
  })

  it('lets no fast failure make a provider look fast', async () => {
    const stage = stageRoute(['acme'])
    await stage.carry(() => stage.end({ startedAt: stage.now() - 400, endedAt: stage.now() }))
    const before = stage.entry('acme').peakEwma!
    stage.pass(5 * SECOND)
    await stage.carry(() => stage.refused())
    const after = stage.entry('acme').peakEwma!
    expect(after.peakMs).toBeGreaterThanOrEqual(before.peakMs)
    expect(after.meanMs).toBeGreaterThan(390)
  })

  it('says nothing of how fast a provider is by a cancelled or a limited attempt', async () => {
    const stage = stageRoute(['acme'])
    await stage.carry(() => stage.end({ httpStatus: 429 }))
    await stage.carry(() =>
      stage.end({ httpStatus: null, failure: { kind: 'client_gone', message: 'gone' } }),
    )
    expect(stage.entry('acme').peakEwma).toBeNull()
  })

  it('averages the tokens of a provider’s model', async () => {
    const stage = stageRoute(['acme'])
    const using = (outputTokens: number) => () => stage.end({ usage: { inputTokens: 100, outputTokens } })
    await stage.carry(using(200))
    await stage.carry(using(300))
    expect(stage.entry('acme').models.get('gpt-4o')?.tokens).toEqual({ inputTokens: 100, outputTokens: 210 })
  })
})

describe('failover', () => {
  it('tries another provider first, in order, and says why', async () => {
    const stage = stageRoute(['acme', 'blue', 'cyan'], { route: { strategy: IN_ORDER } })
    const decision = await stage.carry(({ provider }) =>
      provider.id === 'cyan' ? stage.ok() : stage.broken(),
    )
    expect(decision.attempts.map(({ providerId, class: how }) => `${providerId} ${how}`)).toEqual([
      'acme provider_error',
      'blue provider_error',
      'cyan ok',
    ])
    expect(decision).toMatchObject({ chosen: 2, reasonCode: 'retry' })
    expect(decision.attempts[1]?.reason).toContain('acme')
    expect(decision.candidates.map(({ drop }) => drop)).toEqual(['tried', 'tried', null])
    expect(stage.kept).toMatchObject([{ failed: false, failedOver: true }])
  })

  it('comes back to the same provider only when no other is left', async () => {
    const stage = stageRoute(['acme', 'blue'], { route: { strategy: IN_ORDER } })
    const decision = await stage.carry(() => stage.broken())
    expect(decision.attempts.map(({ providerId }) => providerId)).toEqual(['acme', 'blue', 'acme'])
  })

  it('is no failover when it was the same provider each time', async () => {
    const stage = stageRoute(['acme'])
    expect((await stage.carry(() => stage.broken())).attempts).toHaveLength(3)
    expect(stage.kept).toMatchObject([{ failed: true, failedOver: false }])
  })

  it('ends after as many attempts as the route, else the settings, allow', async () => {
    const two = stageRoute(['a', 'b', 'c'])
    putRoute(two.engine.routing, two.route)
    expect((await two.carry(() => two.broken())).attempts).toHaveLength(3)
    const limits = { maxAttempts: 2, timeoutMs: null, firstTokenTimeoutMs: null, stallTimeoutMs: null }
    const own = stageRoute(['a', 'b', 'c'], { route: { limits } })
    expect((await own.carry(() => own.broken())).attempts).toHaveLength(2)
  })

  it.each([
    ['400', { httpStatus: 400 }],
    ['a client that went away', { failure: { kind: 'client_gone' as const, message: '' } }],
    ['our own fault', { failure: { kind: 'resources_exhausted' as const, message: '' } }],
    ['success', {}],
  ])('does not follow %s', async (_what, raw) => {
    const stage = stageRoute(['acme', 'blue'])
    expect((await stage.carry(() => stage.end(raw))).attempts).toHaveLength(1)
  })

  it.each([
    ['a limit', { httpStatus: 429 }],
    ['a refused key', { httpStatus: 401 }],
  ])('follows %s', async (_what, raw) => {
    const stage = stageRoute(['acme', 'blue'])
    expect((await stage.carry(() => stage.end(raw))).attempts).toHaveLength(2)
  })

  it('keeps to the budget of retries of its route', async () => {
    const stage = stageRoute(['acme', 'blue'], { route: { strategy: IN_ORDER } })
    stage.settle({
      breaker: { ...stage.fleet.settings.settings.breaker, failureThreshold: 100, minCalls: 10_000 },
      health: { ...stage.fleet.settings.settings.health, unhealthyAfter: 100, failoverThreshold: 0 },
      routing: { ...stage.fleet.settings.settings.routing, maxAttempts: 2 },
    })
    let attempts = 0
    for (let request = 0; request < 50; request += 1) {
      attempts += (await stage.carry(() => stage.broken())).attempts.length
    }
    // 20 % of 50 requests; the minimum of three has long been passed.
    expect(attempts).toBe(50 + 10)
    stage.pass(11 * SECOND)
    expect((await stage.carry(() => stage.broken())).attempts).toHaveLength(2)
  })

  it('says so when nobody is left for another attempt, and keeps the choice that was made', async () => {
    const stage = stageRoute(['acme'], { route: { strategy: { type: 'single', providerId: 'acme' } } })
    const decision = await stage.carry(() => stage.end({ httpStatus: 429, headers: { 'retry-after': '20' } }))
    expect(decision).toMatchObject({ chosen: 0, returnsAt: stage.now() + 20_000 })
    expect(decision.reason).toContain('then nobody')
    expect(stage.engine.routing.live.get('main')?.traffic.requests(stage.now())).toEqual({
      count: 1,
      failed: 1,
      failedOver: 0,
      panics: 0,
      noneEligible: 0,
    })
  })
})

describe('circuits', () => {
  it('are passed both: a model that failed is left, its provider is not', () => {
    const stage = stageRoute(['acme', 'blue'], {
      route: { models: ['gpt-4o', 'small'], strategy: IN_ORDER },
    })
    stage.see({ providerId: 'acme', source: 'passive', model: 'small' })
    stage.see({ providerId: 'acme', source: 'passive', model: 'other' })
    stage.openModel('acme')
    expect(stage.ask().next()?.provider.id).toBe('blue')
    expect(stage.ask({ model: 'small' }).next()?.provider.id).toBe('acme')
  })

  it('half-open, give trials: as many as there are, each given back by its end', async () => {
    const stage = stageRoute(['acme'])
    stage.open('acme')
    stage.pass(70 * SECOND)
    const requests = Array.from({ length: 4 }, () => stage.ask())
    const admissions = requests.map((request) => request.next())
    expect(admissions.map((one) => one?.isTrial ?? null)).toEqual([true, true, true, false])
    expect(stage.leases('acme').own).toBe(3)
    stage.finish(requests[0]!, 'cancelled')
    expect(stage.leases('acme').own).toBe(2)
    await requests[1]!.settle(admissions[1]!, stage.ok())
    await requests[2]!.settle(admissions[2]!, stage.ok())
    expect(stage.entry('acme').own.circuit.state).toBe('closed')
    expect(requests[3]?.selection).toMatchObject({ panic: true })
  })

  it('give the lease back when the model’s circuit refuses after the provider’s admitted', () => {
    const stage = stageRoute(['acme', 'blue'], { route: { strategy: IN_ORDER } })
    stage.open('acme')
    stage.pass(70 * SECOND)
    // The facts say that the model's circuit is closed; on admission it turns out to be open.
    const slot = stage.fleet.slots.get('acme')!
    stage.see({ providerId: 'acme', source: 'passive', model: 'gpt-4o' })
    const model = stage.entry('acme').models.get('gpt-4o')!
    const { circuit } = model
    let reads = 0
    Object.defineProperty(model, 'circuit', {
      get: () => ((reads += 1) > 1 ? { ...circuit, state: 'open', retryAt: stage.now() + 1 } : circuit),
      set: () => undefined,
    })
    const request = stage.ask()
    expect(request.next()?.provider.id).toBe('blue')
    expect(slot.circuit.leases).toHaveLength(0)
    expect(stage.calls('acme')).toBe(0)
    expect(request.decision.candidates[0]).toMatchObject({ eligible: false, drop: 'excluded' })
  })

  it('let a call pass in panic, whose end enters the window but not the state', async () => {
    const stage = stageRoute(['acme'])
    stage.open('acme')
    const request = stage.ask()
    const admission = request.next()!
    expect(request.selection).toMatchObject({ panic: true, reasonCode: 'panic' })
    expect(admission.permits.provider?.kind).toBe('bypass')
    const { retryAt, generation } = stage.entry('acme').own.circuit
    await request.settle(admission, stage.ok())
    stage.finish(request)
    expect(stage.entry('acme').own.circuit).toMatchObject({ state: 'open', retryAt, generation })
    expect(stage.kept).toMatchObject([{ decision: { panic: true } }])
  })

  it('refuse for an operator, in panic too; the answer says when somebody returns', () => {
    const stage = stageRoute(['acme', 'blue'])
    stage.force('acme', 'forced_open')
    stage.see({
      providerId: 'blue',
      source: 'passive',
      class: 'rate_limited',
      model: 'gpt-4o',
      retryAfterMs: 9_000,
    })
    const request = stage.ask()
    expect(request.next()).toBeNull()
    expect(request.selection).toMatchObject({
      chosen: null,
      panic: false,
      returnsAt: stage.now() + 9_000,
      candidates: [{ drop: 'forced_open' }, { drop: 'cooling' }],
    })
    stage.finish(request, 'provider_error')
    expect(stage.engine.routing.counts.all()).toEqual([
      { route: 'main', providerId: null, reasonCode: 'none_eligible', count: 1 },
    ])
    expect(stage.kept).toMatchObject([{ failed: true }])
  })

  it('opened by their models are closed again by traffic', async () => {
    const stage = stageRoute(['acme'])
    stage.openModel('acme')
    const { own } = stage.entry('acme')
    expect(own.circuit).toMatchObject({ state: 'open', completionsOnly: true })
    stage.pass(70 * SECOND)
    await stage.carry(() => stage.ok(), { api: 'embeddings' })
    await stage.carry(() => stage.ok(), { api: 'embeddings' })
    expect(own.circuit).toMatchObject({ state: 'closed', completionsOnly: false })
  })

  it('expire the lease of a call that never ends; its late end changes nothing', async () => {
    const stage = stageRoute(['acme'])
    stage.open('acme')
    stage.pass(70 * SECOND)
    const request = stage.ask()
    const admission = request.next()!
    stage.pass(31 * SECOND)
    expect(stage.leases('acme').own).toBe(0)
    const { generation } = stage.entry('acme').own.circuit
    await request.settle(admission, stage.refused())
    expect(stage.entry('acme').own.circuit).toMatchObject({ state: 'half_open', generation })
    expect(stage.calls('acme')).toBe(0)
  })
})

describe('Circuits 9: forcing a provider closed does not lift its models’ circuits', () => {
  /** The provider's own circuit is open and forced closed, and its health is good again. */
  function forcedClosed(ids: readonly string[]) {
    const stage = stageRoute(ids, { route: { strategy: IN_ORDER } })
    stage.open('acme')
    stage.force('acme', 'forced_closed')
    // Credentials and health are another matter.
    stage.see({ providerId: 'acme' }, { providerId: 'acme' })
    return stage
  }

  it('calls pass its own open circuit, and go elsewhere when their model’s is open', () => {
    const stage = forcedClosed(['acme', 'blue'])
    expect(stage.ask().next()).toMatchObject({
      provider: { id: 'acme' },
      permits: { provider: { kind: 'bypass' } },
    })
    stage.openModel('acme')
    const request = stage.ask()
    expect(request.next()?.provider.id).toBe('blue')
    expect(request.selection).toMatchObject({
      panic: false,
      candidates: [
        { providerId: 'acme', drop: 'circuit_open' },
        { providerId: 'blue', drop: null },
      ],
    })
  })

  it('with nobody else, a call of an open model is one of panic, past the model’s circuit too', () => {
    const stage = forcedClosed(['acme'])
    stage.openModel('acme')
    const request = stage.ask()
    expect(request.next()?.permits).toMatchObject({
      provider: { kind: 'bypass' },
      model: { kind: 'bypass' },
    })
    expect(request.selection?.panic).toBe(true)
  })
})

describe('the record', () => {
  it('counts requests, choices and variants of the route', async () => {
    const stage = stageRoute(['acme', 'blue'], {
      route: {
        strategy: {
          type: 'ab-test',
          stickyBy: 'user',
          variants: [
            { name: 'old', percent: 100, providerIds: ['acme'] },
            { name: 'new', percent: 0, providerIds: ['blue'] },
          ],
        },
      },
    })
    await stage.carry(() => stage.ok(), { userId: 'ann' })
    await stage.carry(() => stage.broken(), { userId: 'ann' })
    const { traffic } = stage.engine.routing.live.get('main')!
    expect(traffic.requests(stage.now())).toMatchObject({ count: 2, failed: 1, failedOver: 1 })
    expect(traffic.choices(stage.now(), 0)).toEqual(
      new Map([
        ['acme', 3],
        ['blue', 1],
      ]),
    )
    expect(traffic.variant(stage.now(), 'old')).toEqual({
      count: 3,
      successRate: 1 / 3,
      averageLatencyMs: 50,
    })
  })

  it('is the newest selection that chose, with the time that all of them took', () => {
    const stage = stageRoute(['acme', 'blue'])
    let us = 0
    stage.engine.world.nowUs = () => (us += 7)
    const request = stage.ask()
    request.next()
    request.next()
    expect(request.decision).toMatchObject({ chosen: 1, tookUs: 14, requestId: 'request-1', model: 'gpt-4o' })
  })

  it('goes on for a route that is changed or deleted meanwhile', async () => {
    const stage = stageRoute(['acme'])
    const request = stage.ask()
    const admission = request.next()!
    dropRoute(stage.engine.routing, 'main')
    await request.settle(admission, stage.broken())
    stage.finish(request, 'provider_error')
    expect(stage.engine.routing.live.size).toBe(0)
    expect(stage.engine.routing.log.held()).toMatchObject([{ failed: true }])
  })

  it('begins the turns anew with a changed route', async () => {
    const stage = stageRoute(['acme', 'blue'])
    await stage.carry(() => stage.ok())
    putRoute(stage.engine.routing, { ...stage.route, version: 2 })
    expect((await stage.carry(() => stage.ok())).chosen).toBe(0)
    expect(stage.engine.routing.live.get('main')?.route.version).toBe(2)
  })

  it('is not made of a request that never asked', () => {
    const stage = stageRoute(['acme'])
    stage.finish(stage.ask(), 'client_error')
    expect(stage.engine.routing.log.held()).toEqual([])
    expect(stage.engine.routing.live.get('main')?.traffic.requests(stage.now()).count).toBe(0)
  })

  it('names the model that was asked for, the attempt the one that was called', async () => {
    const models = [{ name: 'gpt-4o-2026', alias: 'gpt-4o', priceIn: null, priceOut: null }]
    const stage = stageRoute(['acme'], { provider: { models } })
    const decision = await stage.carry(() => stage.ok())
    expect(decision).toMatchObject({ model: FACTS.model, attempts: [{ model: 'gpt-4o-2026' }] })
  })
})
