import type { Engine } from '../engine.ts'
import type { DecisionCount } from '../records.ts'
import type { Family, Sample } from './family.ts'
import { REQUEST_OUTCOMES, RouteCounts } from './route-counts.ts'

/**
 * How many pairs of route and chosen provider have series of their own: counts of routes and providers that are gone
 * stay. A new pair of an old route may push the last one into the sum, and none comes out of it: no series falls.
 */
export const MAX_DECISION_PAIRS = 2_000

const UNUSED = new RouteCounts()

/** Each route in force; one that nothing was asked of yet has its zeros. */
function* routes({ routing }: Engine): Generator<[name: string, counts: RouteCounts]> {
  for (const name of routing.routes.keys()) yield [name, routing.live.get(name)?.counts ?? UNUSED]
}

const counterOfEach = (
  name: string,
  help: string,
  valueOf: (counts: RouteCounts) => number,
): Family<Engine> => ({
  name,
  help,
  type: 'counter',
  labels: ['route'],
  read: function* (engine) {
    for (const [route, counts] of routes(engine)) yield { labels: { route }, value: valueOf(counts) }
  },
})

function* decisions(all: readonly DecisionCount[]): Generator<Sample> {
  const pairs = new Set<string>()
  const others = new Map<string, number>()
  for (const { route, providerId, reasonCode, count } of all) {
    // Neither name has a line break in it.
    const pair = `${route}\n${providerId ?? ''}`
    if (pairs.has(pair) || pairs.size < MAX_DECISION_PAIRS) {
      pairs.add(pair)
      yield { labels: { route, provider: providerId ?? '', reason: reasonCode }, value: count }
    } else others.set(reasonCode, (others.get(reasonCode) ?? 0) + count)
  }
  for (const [reason, value] of others) yield { labels: { route: '', provider: 'other', reason }, value }
}

/** What requests on routes came to. */
export const ROUTE_FAMILIES: readonly Family<Engine>[] = [
  {
    name: 'switchyard_requests_total',
    help: 'Requests on a route that ended, by how they ended for the client.',
    type: 'counter',
    labels: ['route', 'outcome'],
    read: function* (engine) {
      for (const [route, counts] of routes(engine)) {
        for (const outcome of REQUEST_OUTCOMES)
          yield { labels: { route, outcome }, value: counts.requests(outcome) }
      }
    },
  },
  counterOfEach(
    'switchyard_request_attempts_total',
    'Attempts that requests on a route needed; above the number of requests they were retried.',
    ({ attempts }) => attempts,
  ),
  counterOfEach(
    'switchyard_request_failovers_total',
    'Requests on a route for which more than one provider was tried.',
    ({ failovers }) => failovers,
  ),
  counterOfEach(
    'switchyard_request_panics_total',
    'Requests on a route that were sent past open circuits because too few providers were left.',
    ({ panics }) => panics,
  ),
  {
    name: 'switchyard_decisions_total',
    help: 'Selections by route, chosen provider and reason, over all starts; without a provider nobody was chosen.',
    type: 'counter',
    labels: ['route', 'provider', 'reason'],
    read: ({ routing }) => decisions(routing.counts.all()),
  },
]
