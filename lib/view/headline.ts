import type { FleetStats, ProviderRow } from '#lib/contract/monitor.ts'
import { inWords, plural, roughSpanWords } from './format.ts'
import { freshnessOf, isOverdue } from './freshness.ts'
import { isolated } from './isolated.ts'
import { keepUnits } from './keep-units.ts'
import { orderProviders, WORST_FIRST } from './provider-order.ts'

/** What the headline is about; `unknown` when nothing is known about now. */
export type HeadlineTone = 'healthy' | 'degraded' | 'unhealthy' | 'unknown'

/** The overview's first sentence, and the facts that come after it. */
export type Headline = { tone: HeadlineTone; title: string; details: readonly string[] }

/** What is known: `rows` may be a part of the fleet, then worst first; `asOf` null before the first answer. */
export type HeadlineFacts = {
  stats: FleetStats
  rows: readonly ProviderRow[]
  asOf: number | null
  now: number
  isImpaired: boolean
}

const NAMES_SHOWN = 3

/** Says in one sentence whether something is wrong; it says "healthy" only of what is known to be so now. */
export function headline(facts: HeadlineFacts): Headline {
  const { asOf, now, stats } = facts
  if (asOf === null) return { tone: 'unknown', title: 'Waiting for the monitor’s first answer', details: [] }
  if (freshnessOf(asOf, now) === 'expired') {
    const said = stateOfFleet(facts)
    return {
      tone: 'unknown',
      title: `Unknown: no news from the monitor for ${roughSpanWords(now - asOf)}`,
      details: [`It last said: ${said.title}.`],
    }
  }
  if (stats.totalProviders === 0)
    return { tone: 'unknown', title: 'No provider is being checked', details: [] }
  return facts.isImpaired ? doubted(agedSaying(facts)) : agedSaying(facts)
}

/** What an impaired monitor says: trouble stays first, but nothing is called healthy. */
function doubted(said: Headline): Headline {
  const doubt = 'The monitor itself is impaired: states may be wrong'
  if (said.tone === 'healthy' || said.tone === 'unknown') {
    return { tone: 'unknown', title: doubt, details: [`It says: ${said.title}.`, ...said.details] }
  }
  return { ...said, details: [`${doubt}.`, ...said.details] }
}

/** Young enough to be believed, but no longer young: what was healthy is said of then, not of now. */
function agedSaying(facts: HeadlineFacts): Headline {
  const said = stateOfFleet(facts)
  const { asOf, now } = facts
  if (asOf === null || freshnessOf(asOf, now) === 'fresh') return said
  const title = `${roughSpanWords(now - asOf)} ago: ${said.title}`
  return { ...said, tone: said.tone === 'healthy' ? 'unknown' : said.tone, title }
}

function stateOfFleet({ stats, rows, asOf, now }: HeadlineFacts): Headline {
  const overdue = rows.filter((row) => isOverdue(row, asOf ?? now))
  const enabled = rows.filter((row) => row.enabled)
  if (overdue.length === stats.totalProviders && overdue.length > 0) {
    return { tone: 'unknown', title: overdueTitle(overdue, now), details: holdDetails(enabled) }
  }
  const details = [...overdueDetails(overdue), ...holdDetails(enabled)]
  const worst = enabled.filter(({ status }) => status === 'unhealthy' || status === 'degraded')
  if (stats.unhealthyProviders > 0) {
    const degraded = stats.degradedProviders > 0 ? [`${named(worst, 'degraded', { stats, now })}.`] : []
    return {
      tone: 'unhealthy',
      title: named(worst, 'unhealthy', { stats, now }),
      details: [...degraded, ...details],
    }
  }
  if (stats.degradedProviders > 0)
    return { tone: 'degraded', title: named(worst, 'degraded', { stats, now }), details }
  return healthyOrUnknown({ stats, overdue, details })
}

function healthyOrUnknown({
  stats,
  overdue,
  details,
}: {
  stats: FleetStats
  overdue: readonly unknown[]
  details: string[]
}): Headline {
  const { totalProviders: total, unknownProviders: unknown } = stats
  if (unknown === total) {
    return {
      tone: 'unknown',
      title: `${plural(total, 'provider')} ${total === 1 ? 'waits' : 'wait'} for the first check`,
      details,
    }
  }
  if (overdue.length > 0) {
    return {
      tone: 'unknown',
      title: `${overdue.length} of ${plural(total, 'provider')} ${overdue.length === 1 ? 'is' : 'are'} overdue for a check, the others are healthy`,
      details: details.slice(1),
    }
  }
  if (unknown > 0) {
    const waiting = `${unknown} ${unknown === 1 ? 'waits' : 'wait'} for the first check`
    return {
      tone: 'healthy',
      title: `${total - unknown} of ${plural(total, 'provider')} ${total - unknown === 1 ? 'is' : 'are'} healthy, ${waiting}`,
      details,
    }
  }
  return {
    tone: 'healthy',
    title: total === 1 ? 'The provider is healthy' : `All ${total} providers are healthy`,
    details,
  }
}

/** "1 of 6 providers is unhealthy: azure-eu, connect timeout, for 4 min". */
function named(
  worst: readonly ProviderRow[],
  status: 'unhealthy' | 'degraded',
  { stats, now }: { stats: FleetStats; now: number },
): string {
  const count = status === 'unhealthy' ? stats.unhealthyProviders : stats.degradedProviders
  const total = stats.totalProviders
  const head =
    total === 1
      ? `The provider is ${status}`
      : `${count} of ${total} providers ${count === 1 ? 'is' : 'are'} ${status}`
  const rows = orderProviders(
    worst.filter((row) => row.status === status),
    WORST_FIRST,
  )
  const [first] = rows
  if (first === undefined) return head
  if (count === 1)
    return `${head}: ${isolated(first.name)}, ${keepUnits(briefReason(first.statusReason))}, for ${roughSpanWords(now - Date.parse(first.since))}`
  return `${head}: ${listed(
    rows.map(({ name }) => name),
    count,
  )}`
}

/** The reason without what its place already says: how many failures it took. */
export const briefReason = (reason: string): string => reason.replace(/\d+ failures?(?: in a row)?: /, '')

function listed(names: readonly string[], count: number): string {
  const shown = names.slice(0, count > NAMES_SHOWN ? NAMES_SHOWN : count).map(isolated)
  const more = count - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}

function overdueTitle(overdue: readonly ProviderRow[], now: number): string {
  const last = Math.max(
    0,
    ...overdue.map(({ lastCheckAt }) => (lastCheckAt === null ? 0 : Date.parse(lastCheckAt))),
  )
  return last === 0
    ? 'Unknown: no provider was checked when it was due'
    : `Unknown: no provider has been checked for ${roughSpanWords(now - last)}`
}

const overdueDetails = (overdue: readonly ProviderRow[]): string[] =>
  overdue.length === 0
    ? []
    : [
        `Overdue for a check: ${listed(
          overdue.map(({ name }) => name),
          overdue.length,
        )}.`,
      ]

function holdDetails(rows: readonly ProviderRow[]): string[] {
  const held = rows.filter(({ circuit }) => circuit.override !== null)
  const open = rows.filter(({ circuit }) => circuit.override === null && circuit.effective !== 'closed')
  const [hold] = held
  const details: string[] = []
  if (open.length > 0)
    details.push(
      `${plural(open.length, 'circuit')} not closed: ${listed(
        open.map(({ name }) => name),
        open.length,
      )}.`,
    )
  if (held.length === 1 && hold?.circuit.override) {
    const { mode, actor } = hold.circuit.override
    details.push(`${isolated(hold.name)} is ${mode === 'shadow' ? 'in shadow' : inWords(mode)} by ${actor}.`)
  } else if (held.length > 1) {
    details.push(
      `${held.length} circuits are held by operators: ${listed(
        held.map(({ name }) => name),
        held.length,
      )}.`,
    )
  }
  return [...details, ...heldModelsDetails(rows)]
}

/** "2 models of mistral are held by operators." */
function heldModelsDetails(rows: readonly ProviderRow[]): string[] {
  const having = rows.filter(({ heldModels }) => heldModels !== null)
  if (having.length === 0) return []
  const count = having.reduce((sum, { heldModels }) => sum + (heldModels?.count ?? 0), 0)
  const names = listed(
    having.map(({ name }) => name),
    having.length,
  )
  return [`${plural(count, 'model')} of ${names} ${count === 1 ? 'is' : 'are'} held by operators.`]
}
