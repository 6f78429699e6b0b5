import type { DecisionView, RouteState } from '#lib/contract/decision.ts'
import { formatShare } from './format.ts'
import { nameList } from './name-list.ts'

type NameOf = (providerId: string) => string
type Subject = { providerId: string; nameOf: NameOf }

/** The routes that a provider is a member of. */
export const routesOf = (routes: readonly RouteState[], providerId: string): RouteState[] =>
  routes.filter(({ members }) => members.some((member) => member.providerId === providerId))

/** What happens to one route's requests when a provider takes none any more; a loss leaves it with nobody eligible. */
export type TrafficEffect = { route: string; words: string; isLoss: boolean }

/**
 * Where the provider's part of a route's requests goes: "38 % of chat moves to openai-prod". `then` is what the route
 * would decide without the provider; null while that is not known.
 */
export function trafficEffect(
  state: RouteState,
  then: DecisionView | null,
  { providerId, nameOf }: Subject,
): TrafficEffect {
  const others = state.members.filter((one) => one.eligible && one.providerId !== providerId)
  const isLoss = others.length === 0
  const named = takers(then, others)
  // A made-up request may be one that nobody serves; the shares of real ones go to who is eligible all the same.
  const ids = named.length === 0 ? others.map((one) => one.providerId) : named
  const to = ids.map(nameOf)
  const share = state.members.find((one) => one.providerId === providerId)?.actualShare ?? null
  const words = isLoss ? lossWords(state.name, to) : moveWords({ route: state.name, share, to })
  return { route: state.name, isLoss, words }
}

/** Who would share what moves, the largest part first: those the decision gives weight, else its winner. */
function takers(then: DecisionView | null, others: RouteState['members']): string[] {
  if (then === null) return others.map(({ providerId }) => providerId)
  const weighted = then.candidates
    .filter(({ eligible, weight }) => eligible && weight !== null && weight > 0)
    .toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0))
  if (weighted.length > 0) return weighted.map(({ providerId }) => providerId)
  return then.chosen === null ? [] : [then.chosen]
}

const lossWords = (route: string, to: readonly string[]): string =>
  to.length === 0
    ? `${route} is left without an eligible member: all its requests are refused`
    : `${route} is left without an eligible member: its requests go to ${nameList(to)} in panic`

function moveWords({
  route,
  share,
  to,
}: {
  route: string
  share: number | null
  to: readonly string[]
}): string {
  const where = nameList(to)
  if (share === null) return `${route} had no requests in the last hour; new ones go to ${where}`
  if (share === 0) return `${route} sends nothing to it now; ${where} ${to.length === 1 ? 'goes' : 'go'} on`
  return `${formatShare(share)} of ${route} moves to ${where}`
}

/** What a provider that takes requests again gets: "openai-prod takes up to 40 % of chat again". */
export function returnEffect(state: RouteState, { providerId, nameOf }: Subject): string {
  const share = state.members.find((one) => one.providerId === providerId)?.configuredShare ?? null
  const name = nameOf(providerId)
  return share === null
    ? `${name} is among those that take ${state.name} again`
    : `${name} takes up to ${formatShare(share)} of ${state.name} again`
}
