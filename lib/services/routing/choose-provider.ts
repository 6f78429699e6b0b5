import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import { decide, type Decided } from '#lib/domain/routing/decide.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'
import type { Selection } from '#lib/domain/routing/decision.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Engine } from '../engine.ts'
import type { Fleet } from '../fleet.ts'
import { admit, type Ticket } from './admit.ts'
import { candidatesOf } from './candidates.ts'
import type { LiveRoute } from './routing.ts'

/** A request that wants a provider, and whom it does not want. */
export type Wish = {
  route: Route
  facts: RequestFacts
  exclude: ReadonlySet<string>
  tried: ReadonlySet<string>
}

type Field = { candidates: readonly Candidate[]; now: number; mayPanic?: boolean }

/** Chooses among the route's members as they stand, and admits the winner; its ticket is null when nobody was chosen. */
export function chooseProvider(
  engine: Engine,
  live: LiveRoute,
  wish: Wish,
): { selection: Selection; ticket: Ticket | null } {
  const { route, facts, tried } = wish
  const now = engine.clock.now()
  let { exclude } = wish
  for (;;) {
    const candidates = candidatesOf(engine.fleet, { route, facts, now })
    const field = { route, facts, tried, exclude, candidates, now }
    const { selection, memory } = decideOn(engine, live, field)
    live.memory = memory
    const chosen = selection.chosen === null ? undefined : selection.candidates[selection.chosen]
    if (chosen === undefined || chosen.model === null) return { selection, ticket: null }
    const { providerId, model } = chosen
    const ticket = admitChosen(engine.fleet, selection, { providerId, model, at: now })
    if (ticket !== null) return { selection, ticket }
    // The decision and the circuits go by the same facts; should they ever differ, the circuits are right.
    exclude = new Set([...exclude, providerId])
  }
}

/** What would be chosen among these candidates; neither they nor the route's turns are touched. */
export function decideOn(
  { fleet, world }: Engine,
  { memory }: Pick<LiveRoute, 'memory'>,
  { route, facts, exclude, tried, candidates, now, mayPanic = true }: Wish & Field,
): Decided {
  return decide({
    route,
    request: facts,
    candidates,
    memory,
    exclude,
    tried,
    panicThreshold: fleet.settings.settings.routing.panicThreshold,
    mayPanic,
    now,
    random: world.random,
  })
}

function admitChosen(
  fleet: Fleet,
  { panic, variant, reason }: Selection,
  { providerId, model, at }: { providerId: string; model: string; at: number },
): Ticket | null {
  const entry = fleet.entries.get(providerId)
  return entry === undefined ? null : admit(fleet, { entry, model, panic, variant, reason, at })
}
