import type { RouteState, RoutingState } from '#lib/contract/decision.ts'
import { OVERLOOKED_IN_PANIC } from '#lib/domain/routing/eligibility.ts'
import { formatCount, plural, roughSpanWords } from './format.ts'
import { freshnessOf } from './freshness.ts'
import type { Headline } from './headline.ts'
import { isolated } from './isolated.ts'
import { nameList } from './name-list.ts'
import { orderRoutes, reserveOf } from './routing-view.ts'

export type RoutingFacts = {
  /** Null before the first answer. */
  state: RoutingState | null
  openCircuits: number
  now: number
  nameOf: (providerId: string) => string
}

const NAMES_SHOWN = 3

/** Says in one sentence whether every route has somebody to send its requests to. */
export function routingHeadline(facts: RoutingFacts): Headline {
  const { state, now } = facts
  if (state === null)
    return { tone: 'unknown', title: 'Waiting for the first answer about routes', details: [] }
  const asOf = Date.parse(state.asOf)
  const said = stateOfRoutes(state, facts)
  switch (freshnessOf(asOf, now)) {
    case 'expired':
      return {
        tone: 'unknown',
        title: `Unknown: no news of the routes for ${roughSpanWords(now - asOf)}`,
        details: [`They last were: ${said.title}.`],
      }
    case 'ageing':
      return {
        ...said,
        tone: said.tone === 'healthy' ? 'unknown' : said.tone,
        title: `${roughSpanWords(now - asOf)} ago: ${said.title}`,
      }
    case 'fresh':
      return said
  }
}

function stateOfRoutes(state: RoutingState, { openCircuits, nameOf }: RoutingFacts): Headline {
  const { routes } = state
  if (routes.length === 0) return { tone: 'unknown', title: 'No route yet', details: gatewayDetails(state) }
  const flagged = orderRoutes(routes).filter((route) => ['none', 'last'].includes(reserveOf(route)))
  const circuits = openCircuits === 0 ? '' : `; ${plural(openCircuits, 'circuit')} open`
  const details = [...restDetails(flagged, nameOf), ...hourDetails(routes), ...gatewayDetails(state)]
  const [first] = flagged
  if (first === undefined) return { tone: 'healthy', title: `${fineWords(routes)}${circuits}`, details }
  const tone = reserveOf(first) === 'none' ? 'unhealthy' : 'degraded'
  const title = flagged.length === 1 ? oneWords(first, nameOf) : severalWords(flagged, routes.length)
  return { tone, title: `${title}${circuits}`, details }
}

/** "chat has 1 eligible member of 3: openai-prod". */
function oneWords(route: RouteState, nameOf: RoutingFacts['nameOf']): string {
  const count = route.members.length
  const [member] = route.members.filter(({ eligible }) => eligible)
  if (member === undefined)
    return `${route.name} has no eligible member${count === 1 ? '' : ` of ${count}`}: its requests are ${fateWords(route)}`
  return `${route.name} has 1 eligible member of ${count}: ${isolated(nameOf(member.providerId))}`
}

const fateWords = ({ members }: RouteState): string =>
  members.some(({ drop }) => drop !== null && OVERLOOKED_IN_PANIC.has(drop)) ? 'tried in panic' : 'refused'

/** "2 of 5 routes have no eligible member: bulk and chat", or "… at most one …" where some have one. */
function severalWords(flagged: readonly RouteState[], total: number): string {
  const without = flagged.filter((route) => reserveOf(route) === 'none')
  const shown = without.length === 0 ? flagged : without
  const what = without.length === 0 ? 'one eligible member each' : 'no eligible member'
  const have = shown.length === 1 ? 'has' : 'have'
  return `${shown.length} of ${plural(total, 'route')} ${have} ${what}: ${nameList(shown.map(({ name }) => name))}`
}

/** Of several flagged routes, what the title has no room for. */
function restDetails(flagged: readonly RouteState[], nameOf: RoutingFacts['nameOf']): string[] {
  if (flagged.length < 2) return []
  return flagged
    .filter((route) => reserveOf(route) === 'last')
    .slice(0, NAMES_SHOWN)
    .map((route) => `${oneWords(route, nameOf)}.`)
}

function fineWords(routes: readonly RouteState[]): string {
  const [first] = routes
  if (routes.length === 1 && first !== undefined) {
    return reserveOf(first) === 'alone'
      ? `${first.name} has its only member`
      : `${first.name} has ${first.eligibleMembers} eligible members of ${first.members.length}`
  }
  const alone = routes.filter((route) => reserveOf(route) === 'alone').length
  if (alone === 0) return `All ${routes.length} routes have at least 2 eligible members`
  return `All ${routes.length} routes have an eligible member, ${alone} of them only one to begin with`
}

function hourDetails(routes: readonly RouteState[]): string[] {
  const sum = (field: keyof RouteState['requests']) =>
    routes.reduce((total, { requests }) => total + requests[field], 0)
  const parts: [count: number, words: string][] = [
    [sum('noneEligible'), 'found nobody eligible'],
    [sum('panics'), sum('panics') === 1 ? 'was routed in panic' : 'were routed in panic'],
  ]
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${formatCount(count)} ${words}`)
  return said.length === 0 ? [] : [`Of the last hour’s requests ${said.join(' and ')}.`]
}

const gatewayDetails = ({ gatewayUrl }: RoutingState): string[] =>
  gatewayUrl === null ? ['The gateway is off: only gateways that ask for a decision are routed.'] : []
