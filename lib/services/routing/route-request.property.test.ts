import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import type { Strategy } from '#lib/domain/routing/route.ts'
import { reportOutcomes } from '../report-outcomes.ts'
import { expirePermits } from './end-permit.ts'
import type { Admission, RoutedRequest } from './routed-request.ts'
import { selectProvider } from './select-provider.ts'
import { IN_ORDER, stageRoute } from './stage-route.fixture.ts'

const IDS = ['acme', 'blue', 'cyan']

const strategies = fc.constantFrom<Strategy>(
  IN_ORDER,
  { type: 'load-balance', algorithm: 'weighted' },
  { type: 'load-balance', algorithm: 'least-busy' },
  { type: 'load-balance', algorithm: 'latency' },
  { type: 'adaptive', weights: { success: 1, latency: 1, cost: 0 }, exploration: 0.2 },
)

const ends = fc.constantFrom<Partial<RawResult>>(
  {},
  {},
  { httpStatus: 503 },
  { httpStatus: 503 },
  { httpStatus: 429, headers: { 'retry-after': '3' } },
  { httpStatus: 401 },
  { httpStatus: 400 },
  { httpStatus: null, failure: { kind: 'refused', message: 'connect refused' } },
  { httpStatus: null, failure: { kind: 'client_gone', message: 'gone' } },
)

const which = fc.nat(20)
const id = fc.constantFrom(...IDS)
const actions = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('ask' as const) }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('next' as const), which }) },
  { weight: 7, arbitrary: fc.record({ type: fc.constant('settle' as const), which, end: ends }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('end' as const), which }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('abandon' as const), which }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('select' as const) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('report' as const), which, end: ends }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('check' as const), id, isOk: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('open' as const), id }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 700, 5_000, 31_000, 66_000),
    }),
  },
)

type Open = { request: RoutedRequest; admissions: Admission[]; isEnded: boolean }
type Action = typeof actions extends fc.Arbitrary<infer A> ? A : never

/**
 * Killed: `end` that leaves open attempts open, or settles the settled again; calls not given back by a finished or by
 * an abandoned call; a second settle that counts; a decision that closes before its last attempt, or without an end; a
 * permit that is good twice.
 */
it('whatever the interleaving: no circuit over its lease limit, each admission settled once, nothing held at the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      strategies,
      fc.constantFrom(1, 2, 3),
      fc.array(actions, { minLength: 10, maxLength: 60, size: 'max' }),
      async (strategy, halfOpenMaxCalls, steps) => {
        const stage = stageRoute(IDS, { route: { strategy } })
        stage.settle({
          breaker: { ...stage.fleet.settings.settings.breaker, halfOpenMaxCalls, failureThreshold: 2 },
        })
        const requests: Open[] = []
        const tokens: { token: string; providerId: string }[] = []
        let admitted = 0

        const check = () => {
          for (const { circuit } of stage.fleet.slots.values()) {
            expect(circuit.leases.length).toBeLessThanOrEqual(halfOpenMaxCalls)
            expect(new Set(circuit.leases.map((lease) => lease.id)).size).toBe(circuit.leases.length)
          }
          for (const one of IDS) expect(stage.calls(one)).toBeGreaterThanOrEqual(0)
        }
        const open = (nth: number) => {
          const all = requests.filter(({ isEnded }) => !isEnded)
          return all[nth % Math.max(1, all.length)]
        }
        const end = (one: Open, how: OutcomeClass) => {
          one.isEnded = true
          one.request.end({ class: how, httpStatus: 200, attempts: one.admissions.length })
        }

        const take: { [Type in Action['type']]: (action: Extract<Action, { type: Type }>) => unknown } = {
          ask: () => requests.push({ request: stage.ask(), admissions: [], isEnded: false }),
          next: (action) => {
            const one = open(action.which)
            const admission = one?.request.next()
            if (one === undefined || !admission) return
            admitted += 1
            one.admissions.push(admission)
          },
          settle: (action) => {
            const one = open(action.which)
            const admission = one?.admissions[action.which % Math.max(1, one.admissions.length)]
            return admission && one.request.settle(admission, stage.end(action.end))
          },
          end: (action) => {
            const one = open(action.which)
            if (one !== undefined) end(one, 'ok')
          },
          // The carrier forgets the request for now; it is ended with all others.
          abandon: () => undefined,
          select: () => {
            const { permit, chosen } = selectProvider(stage.engine, 'main', { model: 'gpt-4o' })
            if (permit === null || chosen === null) return
            admitted += 1
            tokens.push({ token: permit.token, providerId: chosen })
          },
          report: (action) => {
            const one = tokens[action.which % Math.max(1, tokens.length)]
            if (one === undefined) return
            const httpStatus = action.end.httpStatus ?? 503
            reportOutcomes(stage.engine, [
              { providerId: one.providerId, permit: one.token, httpStatus, model: 'gpt-4o', latencyMs: 1 },
            ])
          },
          check: (action) =>
            stage.see({ providerId: action.id, class: action.isOk ? 'ok' : 'provider_error' }),
          open: (action) => stage.open(action.id),
          wait: (action) => stage.pass(action.ms),
        }

        for (const action of steps) {
          await (take[action.type] as (action: Action) => unknown)(action)
          check()
        }
        for (const one of requests) if (!one.isEnded) end(one, 'cancelled')
        stage.pass(600_000)
        expirePermits(stage.engine)
        for (const one of IDS) expect(stage.calls(one)).toBe(0)
        for (const { circuit } of stage.fleet.slots.values()) expect(circuit.leases).toEqual([])
        for (const { request, admissions } of requests) {
          expect(request.decision.attempts.map(({ providerId }) => providerId).sort()).toEqual(
            admissions.map(({ provider }) => provider.id).sort(),
          )
        }
        const decided = requests.filter(({ request }) => request.selection !== null).length
        const { log, counts, live } = stage.engine.routing
        const selects = log.held().filter(({ decision }) => decision.requestId === null).length
        expect(log.held()).toHaveLength(decided + selects)
        const figures = live.get('main')?.traffic.requests(stage.now())
        expect(figures?.count ?? 0).toBe(decided + selects)
        const chosen = counts.all().filter(({ providerId }) => providerId !== null)
        expect(chosen.reduce((sum, { count }) => sum + count, 0)).toBe(admitted)
      },
    ),
    { numRuns: 150 },
  )
})
