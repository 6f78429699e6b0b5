import type { DecisionView, SelectInput } from '#lib/contract/decision.ts'
import { stateAt } from '#lib/domain/breaker.ts'
import { AppError, notFound } from '#lib/domain/errors.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'
import { type RequestFacts, tokensOfBytes } from '#lib/domain/routing/request-facts.ts'
import { newRouteMemory } from '#lib/domain/routing/route-memory.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Engine } from '../engine.ts'
import type { Fleet } from '../fleet.ts'
import { presentDecision } from '../present/decision.ts'
import { iso } from '../present/time.ts'
import type { Ticket } from './admit.ts'
import { candidatesOf, type AskedOf } from './candidates.ts'
import { chooseProvider, decideOn } from './choose-provider.ts'
import { expirePermits, forgetPermit } from './end-permit.ts'
import { closeDecision, openDecision, recordSelection, type OpenDecision } from './open-decision.ts'
import { liveRoute } from './routing.ts'

/** How long a call may take before its permit is forgotten; a trial's ends with its lease. */
const PERMIT_MS = 600_000

const NOBODY: ReadonlySet<string> = new Set()

/**
 * Chooses a provider for a call that somebody else carries, and hands out the permit to report its end with. Where
 * nobody may take it the answer chooses null, has no permit, and says when one may. Throws `not_found` for an unknown
 * route, and `invalid_input` for circuits that cannot be supposed open.
 */
export function selectProvider(engine: Engine, name: string, input: SelectInput): DecisionView {
  const route = engine.routing.routes.get(name)
  if (route === undefined) throw notFound('route', name)
  if (input.dryRun === true) return tryOut(engine, route, input)
  if (input.supposeOpen !== undefined) throw onlyDry()
  expirePermits(engine)
  const live = liveRoute(engine.routing, route)
  const facts = factsOf(input)
  const decision = openDecision(engine, { route, facts, requestId: null })
  const begun = engine.world.nowUs()
  const wish = { route, facts, exclude: new Set(input.exclude), tried: NOBODY }
  const { selection, ticket } = chooseProvider(engine, live, wish)
  recordSelection(engine, live, { decision, selection })
  decision.tookUs = engine.world.nowUs() - begun
  if (ticket !== null) return handOut(engine, decision, ticket)
  closeDecision(engine, live, { decision, outcome: null })
  return presentDecision(decision)
}

function handOut(engine: Engine, decision: OpenDecision, ticket: Ticket): DecisionView {
  const { routing, clock, world } = engine
  const token = world.newToken()
  const lifeMs = ticket.isTrial ? ticket.entry.policies.breaker.trialTimeoutMs : PERMIT_MS
  const expiresAt = clock.now() + lifeMs
  const crowdedOut = routing.permits.add(token, { ticket, decision, expiresAt })
  if (crowdedOut !== null) forgetPermit(engine, crowdedOut)
  return presentDecision(decision, { token, trial: ticket.isTrial, expiresAt: iso(expiresAt) })
}

/** What would be decided now, which leaves no trace: no permit, no turn taken, nothing recorded or counted. */
function tryOut(engine: Engine, route: Route, input: SelectInput): DecisionView {
  refuseUnknown(engine.fleet, route, input.supposeOpen ?? [])
  const facts = factsOf(input)
  const now = engine.clock.now()
  const decision = openDecision(engine, { route, facts, requestId: null })
  const begun = engine.world.nowUs()
  const { selection } = decideOn(
    engine,
    { memory: engine.routing.live.get(route.name)?.memory ?? newRouteMemory() },
    {
      route,
      facts,
      exclude: new Set(input.exclude),
      tried: NOBODY,
      candidates: supposed(engine.fleet, { route, facts, now }, new Set(input.supposeOpen)),
      now,
    },
  )
  return presentDecision({ ...decision, ...selection, tookUs: engine.world.nowUs() - begun })
}

const supposed = (fleet: Fleet, asked: AskedOf, open: ReadonlySet<string>): Candidate[] =>
  candidatesOf(fleet, asked).map((candidate) =>
    open.has(candidate.providerId) ? openedAt(fleet, candidate, asked.now) : candidate,
  )

/** The candidate as it would be if its provider's circuit had opened just now: an override goes on to admit everything. */
function openedAt(fleet: Fleet, candidate: Candidate, now: number): Candidate {
  const entry = fleet.entries.get(candidate.providerId)
  if (entry === undefined) return candidate
  const { breaker } = entry.policies
  if (stateAt(entry.own.circuit, now, breaker).override !== null) return candidate
  return {
    ...candidate,
    gate: 'open',
    state: 'open',
    retryAt: Math.max(now + breaker.recoveryTimeoutMs, candidate.retryAt ?? 0),
  }
}

const factsOf = (input: SelectInput): RequestFacts => ({
  model: input.model ?? '',
  api: input.api ?? null,
  region: input.region ?? null,
  userId: input.userId ?? null,
  sessionId: input.sessionId ?? null,
  ...sizeOf(input),
  headers: input.headers ?? {},
  metadata: input.metadata ?? {},
})

/** Tokens that are not given are taken from the size, as our own gateway does. */
function sizeOf(input: SelectInput): Pick<RequestFacts, 'estimatedTokens' | 'requestBytes'> {
  const requestBytes = input.requestBytes ?? null
  return { estimatedTokens: input.estimatedTokens ?? tokensOfBytes(requestBytes), requestBytes }
}

/** A provider that was deleted is still one of the route's members, and may be supposed open as they are. */
function refuseUnknown({ entries }: Fleet, { members }: Route, ids: readonly string[]): void {
  const isKnown = (id: string) => entries.has(id) || members.some(({ providerId }) => providerId === id)
  const fields = ids.flatMap((id, place) =>
    isKnown(id) ? [] : [{ path: `supposeOpen.${place}`, message: `there is no provider "${id}"` }],
  )
  if (fields.length > 0)
    throw new AppError('invalid_input', 'Only circuits that are there can be supposed open.', { fields })
}

const onlyDry = () =>
  new AppError('invalid_input', 'Circuits can be supposed open in a dry run only.', {
    fields: [{ path: 'supposeOpen', message: 'only with dryRun' }],
  })
