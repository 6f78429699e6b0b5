import type { RouteState } from '#lib/contract/decision.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import type { DropReason } from '#lib/domain/routing/candidate.ts'
import { formatCount, formatMs, formatPercent, formatShare, plural } from './format.ts'
import { keepUnits } from './keep-units.ts'
import type { RowIcon } from './provider-row-view.ts'
import { STRATEGY_FACTS, strategyWords } from './strategy-words.ts'

/** How near a route is to having nobody: nobody is eligible, one of several is, its only member is, or more are. */
export type RouteReserve = 'none' | 'last' | 'alone' | 'spare'

/** How near a route is to having nobody. */
export function reserveOf({
  eligibleMembers,
  members,
}: Pick<RouteState, 'eligibleMembers' | 'members'>): RouteReserve {
  if (eligibleMembers === 0) return 'none'
  if (eligibleMembers > 1) return 'spare'
  return members.length === 1 ? 'alone' : 'last'
}

const RESERVE_RANK: Record<RouteReserve, number> = { none: 0, last: 1, alone: 2, spare: 3 }

/** Routes with nobody eligible first, then those with one; ties by name. */
export const orderRoutes = (routes: readonly RouteState[]): RouteState[] =>
  routes.toSorted(
    (a, b) => RESERVE_RANK[reserveOf(a)] - RESERVE_RANK[reserveOf(b)] || compareNames(a.name, b.name),
  )

/** Why a member gets nothing, in few words. */
export const DROP_WORDS: Readonly<Record<DropReason, string>> = {
  excluded: 'excluded by the caller',
  tried: 'tried already',
  disabled: 'disabled',
  model_not_served: 'does not serve the model',
  forced_open: 'forced open',
  refused_by_policy: 'refused by policy',
  circuit_open: 'circuit open',
  trials_taken: 'half-open, every trial taken',
  cooling: 'cooling',
  unhealthy: 'unhealthy',
  credentials: 'credentials refused',
  at_capacity: 'at its concurrency limit',
  constraint: 'misses a limit of the strategy',
}

const DROP_ICONS: Readonly<Record<DropReason, RowIcon>> = {
  excluded: 'disabled',
  tried: 'disabled',
  disabled: 'disabled',
  model_not_served: 'unknown',
  forced_open: 'override',
  refused_by_policy: 'disabled',
  circuit_open: 'open',
  trials_taken: 'half_open',
  cooling: 'cooling',
  unhealthy: 'unhealthy',
  credentials: 'unhealthy',
  at_capacity: 'degraded',
  constraint: 'degraded',
}

/** The sign of an eligible member, or of why it is not. */
export const dropIcon = (drop: DropReason | null): RowIcon => (drop === null ? 'healthy' : DROP_ICONS[drop])

/** A member's line: whether it may take requests, and what it had of them against what it should have. */
export type MemberView = {
  providerId: string
  name: string
  model: string | null
  icon: RowIcon
  isEligible: boolean
  /** Why it is skipped; "eligible" where it is not. */
  verdict: string
  /** Shares 0..1; null where there is none to draw. */
  configured: number | null
  actual: number | null
  earlier: number | null
  configuredText: string
  actualText: string
  earlierText: string
  /** The three in one sentence, for those who do not see the bar. */
  summary: string
}

/** A variant of an A/B test and how it did. */
export type VariantView = { name: string; planned: string; had: string; success: string; latency: string }

/** A route, ready to draw. */
export type RouteView = {
  name: string
  reserve: RouteReserve
  icon: RowIcon
  eligible: string
  strategy: { label: string; words: string }
  models: readonly string[]
  requests: string
  members: readonly MemberView[]
  variants: readonly VariantView[]
}

type NameOf = (providerId: string) => string

const RESERVE_ICONS: Record<RouteReserve, RowIcon> = {
  none: 'unhealthy',
  last: 'degraded',
  alone: 'degraded',
  spare: 'healthy',
}

/** What a route's part of the page shows; `config` is its configuration, null while that is not known. */
export function routeView(state: RouteState, config: RouteConfig | null, nameOf: NameOf): RouteView {
  const reserve = reserveOf(state)
  return {
    name: state.name,
    reserve,
    icon: RESERVE_ICONS[reserve],
    eligible: eligibleWords(state),
    strategy: {
      label: STRATEGY_FACTS[state.strategy].label,
      words: config === null ? STRATEGY_FACTS[state.strategy].note : strategyWords(config.strategy, nameOf),
    },
    models: state.models,
    requests: requestWords(state.requests),
    members: state.members.map((member) => memberView(member, nameOf)),
    variants: variantViews(state.variants),
  }
}

function eligibleWords(state: RouteState): string {
  const { eligibleMembers: eligible, members } = state
  switch (reserveOf(state)) {
    case 'none':
      return members.length === 1
        ? 'its only member is not eligible'
        : `none of ${members.length} members eligible`
    case 'last':
      return `1 of ${members.length} members eligible`
    case 'alone':
      return 'one member only, nobody in reserve'
    case 'spare':
      return `${eligible} of ${members.length} members eligible`
  }
}

/** "1,284 requests, 12 failed, 31 failed over": what is 0 is left out. */
export function requestWords(requests: RouteState['requests']): string {
  if (requests.count === 0) return 'no requests in the last hour'
  const parts: [count: number, word: string][] = [
    [requests.failed, 'failed'],
    [requests.failedOver, 'failed over'],
    [requests.noneEligible, 'found nobody eligible'],
    [requests.panics, 'in panic'],
  ]
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`)
  return [plural(requests.count, 'request'), ...said].join(', ')
}

/** The routes that a provider is a member of, each with its part in it, in the page's order. */
export const providerRoutes = (
  routes: readonly RouteState[],
  providerId: string,
  nameOf: NameOf,
): { route: string; strategy: string; member: MemberView }[] =>
  orderRoutes(routes).flatMap(({ name, strategy, members }) =>
    members
      .filter((member) => member.providerId === providerId)
      .map((member) => ({
        route: name,
        strategy: STRATEGY_FACTS[strategy].label,
        member: memberView(member, nameOf),
      })),
  )

function memberView(member: RouteState['members'][number], nameOf: NameOf): MemberView {
  const { providerId, model, configuredShare, actualShare, earlierShare, eligible, drop, reason } = member
  const name = nameOf(providerId)
  const texts = {
    configuredText: formatShare(configuredShare),
    actualText: formatShare(actualShare),
    earlierText: formatShare(earlierShare),
  }
  return {
    providerId,
    name,
    model,
    icon: dropIcon(drop),
    isEligible: eligible,
    verdict: drop === null ? 'eligible' : keepUnits(skippedWords(DROP_WORDS[drop], reason)),
    configured: configuredShare,
    actual: actualShare,
    earlier: earlierShare,
    ...texts,
    summary: shareSummary(name, member),
  }
}

/** The drop and its facts, once: facts that begin with the same words stand alone. */
const skippedWords = (words: string, reason: string): string => {
  if (reason === '' || reason.toLowerCase() === words) return words
  return reason.toLowerCase().startsWith(words) ? reason : `${words}: ${reason}`
}

function shareSummary(
  name: string,
  { actualShare, configuredShare, earlierShare }: RouteState['members'][number],
): string {
  const parts = [
    actualShare === null
      ? 'no requests in the last hour'
      : `${formatShare(actualShare)} of the last hour’s requests`,
    configuredShare === null ? null : `configured ${formatShare(configuredShare)}`,
    earlierShare === null ? null : `${formatShare(earlierShare)} an hour before`,
  ]
  return `${name}: ${parts.filter((part) => part !== null).join(', ')}`
}

function variantViews(variants: RouteState['variants']): VariantView[] {
  const total = variants.reduce((sum, { count }) => sum + count, 0)
  return variants.map(({ name, percent, count, successRate, averageLatencyMs }) => ({
    name,
    planned: formatShare(percent / 100),
    had: total === 0 ? 'no requests' : `${formatPercent(count / total)} of ${formatCount(total)}`,
    success: formatPercent(successRate),
    latency: formatMs(averageLatencyMs),
  }))
}
