import type { CandidateView, DecisionView } from '#lib/contract/decision.ts'
import type { ReasonCode } from '#lib/domain/routing/decision.ts'
import type { StrategyType } from '#lib/domain/routing/route.ts'
import { capitalise, formatCount, formatMs, formatShare, NOTHING, plural, THIN } from './format.ts'
import { keepUnits } from './keep-units.ts'
import { CLASS_WORDS } from './outcome-words.ts'
import type { RowIcon } from './provider-row-view.ts'
import { DROP_WORDS, dropIcon } from './routing-view.ts'
import { STRATEGY_FACTS } from './strategy-words.ts'

type NameOf = (providerId: string) => string

/** One candidate's line in a decision. */
export type CandidateRow = {
  providerId: string
  name: string
  model: string | null
  icon: RowIcon
  isChosen: boolean
  verdict: string
  reason: string
  score: string
  weight: string
}

/** How a request went, for its line in the list: an icon, words, and how long it took. */
export type DecisionResult = { icon: RowIcon; words: string; latency: string }

/** A decision's line in the list. */
export type DecisionRow = {
  id: string
  at: string
  /** Route, and the rule or variant that decided within it. */
  route: string
  within: string | null
  model: string
  chosen: string
  reason: string
  result: DecisionResult
  /** What is unusual about it: "panic", "2 attempts". */
  marks: readonly string[]
}

/** What the list shows of a decision. */
export function decisionRow(decision: DecisionView, nameOf: NameOf): DecisionRow {
  const { id, at, route, rule, variant, model, chosen, reason, panic, attempts } = decision
  return {
    id,
    at,
    route,
    within: rule ?? (variant === null ? null : `variant ${variant}`),
    model,
    chosen: lastProvider(decision, nameOf) ?? (chosen === null ? 'nobody' : nameOf(chosen)),
    reason: keepUnits(reason),
    result: decisionResult(decision),
    marks: [
      ...(panic ? ['panic'] : []),
      ...(attempts.length > 1 ? [plural(attempts.length, 'attempt')] : []),
    ],
  }
}

const lastProvider = ({ attempts }: DecisionView, nameOf: NameOf): string | null => {
  const last = attempts.at(-1)
  return last === undefined ? null : nameOf(last.providerId)
}

/** Who was chosen and why, or why nobody was, in one sentence. */
export const decisionSentence = (
  { chosen, reason }: Pick<DecisionView, 'chosen' | 'reason'>,
  nameOf: NameOf,
): string => (chosen === null ? capitalise(keepUnits(reason)) : `${nameOf(chosen)}: ${keepUnits(reason)}`)

/** How the request went as far as it is known: by its last attempt. */
export function decisionResult(
  decision: Pick<DecisionView, 'at' | 'attempts' | 'chosen' | 'permit'>,
): DecisionResult {
  const { attempts, chosen } = decision
  const last = attempts.at(-1)
  if (last === undefined)
    return chosen === null
      ? { icon: 'unhealthy', words: 'refused, nobody eligible', latency: NOTHING }
      : { icon: 'unknown', words: 'carried elsewhere', latency: NOTHING }
  const endedAt = Date.parse(last.at) + last.latencyMs
  const latency = formatMs(Math.max(0, endedAt - Date.parse(decision.at)))
  const status = last.class === 'ok' || last.httpStatus === null ? '' : ` ${last.httpStatus}`
  return { icon: CLASS_ICONS[last.class], words: `${CLASS_WORDS[last.class]}${status}`, latency }
}

/** The sign of an attempt's outcome. */
export const CLASS_ICONS: Readonly<Record<DecisionView['attempts'][number]['class'], RowIcon>> = {
  ok: 'healthy',
  provider_error: 'unhealthy',
  rate_limited: 'degraded',
  credentials: 'unhealthy',
  client_error: 'unknown',
  cancelled: 'unknown',
  internal: 'degraded',
}

/** Every candidate of a decision: the chosen one first, then the eligible, then the skipped, each in the route's order. */
export function candidateRows(decision: DecisionView, nameOf: NameOf): CandidateRow[] {
  const rows = decision.candidates.map((candidate) => candidateRow(candidate, decision, nameOf))
  const eligible = new Set(decision.candidates.filter((one) => one.eligible).map((one) => one.providerId))
  const rank = ({ isChosen, providerId }: CandidateRow) => (isChosen ? 0 : eligible.has(providerId) ? 1 : 2)
  return rows.toSorted((a, b) => rank(a) - rank(b))
}

function candidateRow(candidate: CandidateView, decision: DecisionView, nameOf: NameOf): CandidateRow {
  const { providerId, model, eligible, drop, reason, score, weight } = candidate
  const isChosen = decision.chosen === providerId
  return {
    providerId,
    name: nameOf(providerId),
    model,
    icon: eligible ? 'healthy' : dropIcon(drop),
    isChosen,
    verdict: isChosen ? 'chosen' : drop === null ? 'eligible' : DROP_WORDS[drop],
    reason: keepUnits(isChosen ? decision.reason : reason),
    score: scoreWords(score, decision),
    weight: formatShare(weight),
  }
}

type ScoreUnit = 'ms' | 'usd' | 'km' | 'plain'

const UNIT_OF_REASON: Partial<Record<ReasonCode, ScoreUnit>> = {
  lowest_latency: 'ms',
  nearest: 'km',
  same_region: 'km',
  cheapest: 'usd',
}
const UNIT_OF_STRATEGY: Partial<Record<StrategyType, ScoreUnit>> = { geographic: 'km', cost: 'usd' }

const WITH_UNIT: Record<ScoreUnit, (score: number) => string> = {
  ms: formatMs,
  usd: formatUsd,
  km: (score) => `${formatCount(score)}${THIN}km`,
  plain: (score) => String(Number(score.toPrecision(3))),
}

/** What the strategy compared, in the unit it compares in. */
function scoreWords(score: number | null, { reasonCode, strategy }: DecisionView): string {
  if (score === null) return NOTHING
  return WITH_UNIT[UNIT_OF_REASON[reasonCode] ?? UNIT_OF_STRATEGY[strategy] ?? 'plain'](score)
}

/** US dollars with as many digits as a small price needs: `$0.00042`, `$12.50`. */
export function formatUsd(dollars: number): string {
  if (dollars === 0) return '$0'
  return dollars >= 1 ? `$${dollars.toFixed(2)}` : `$${Number(dollars.toPrecision(2))}`
}

/** The decision in facts below its sentence: route, strategy, rule, what it took. */
export function decisionFacts(decision: DecisionView): { name: string; value: string }[] {
  const { route, strategy, rule, variant, model, requestId, tookUs, id } = decision
  const facts: [name: string, value: string | null][] = [
    ['Route', route],
    ['Model', model],
    ['Strategy', STRATEGY_FACTS[strategy].label],
    ['Rule', rule],
    ['Variant', variant],
    ['Request', requestId],
    ['Decision', id],
    ['Decided in', tookWords(tookUs)],
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
}

const tookWords = (us: number): string =>
  us < 1_000 ? `${Number(us.toPrecision(2))}${THIN}µs` : formatMs(us / 1_000)
