import type { Bucket } from '#lib/contract/check.ts'
import type { ProviderDetail, ProviderSnapshot } from '#lib/contract/monitor.ts'
import type { OutcomeClass } from '#lib/domain/outcome.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { capitalise, formatMs, formatPercent, inWords, leftWords, plural, roughSpanWords } from './format.ts'
import { freshnessOf, isOverdue } from './freshness.ts'
import { isolated } from './isolated.ts'
import { keepUnits } from './keep-units.ts'
import { CLASS_WORDS } from './outcome-words.ts'
import { countedIn } from './success-view.ts'

/** What a page title's icon can show. */
export type ProviderIcon = 'healthy' | 'degraded' | 'unhealthy' | 'unknown' | 'disabled'

/** The title of a provider's page: one sentence, with how long it has been so. */
export type ProviderHeadline = { icon: ProviderIcon; sentence: string; since: string | null }

/** "azure-eu is unhealthy: 3 failures in a row: connect refused", and "for 4 min" beside it. */
export function providerHeadline(
  snapshot: ProviderSnapshot,
  { asOf, now }: { asOf: number; now: number },
): ProviderHeadline {
  const { status } = snapshot
  const statusReason = keepUnits(snapshot.statusReason)
  const name = isolated(snapshot.name)
  if (!snapshot.enabled)
    return { icon: 'disabled', sentence: `${name} is disabled: it is not checked`, since: null }
  const sinceMs = now - Date.parse(snapshot.since)
  const since = `for ${roughSpanWords(sinceMs)}`
  if (freshnessOf(asOf, now) === 'expired') {
    const silent = `no news from the monitor for ${roughSpanWords(now - asOf)}`
    return { icon: 'unknown', sentence: `${name} is unknown now: ${silent}`, since: null }
  }
  // By the answer's own time: an answer that is a few seconds old does not make a check overdue.
  if (isOverdue(snapshot, asOf)) {
    const last = snapshot.lastCheckAt === null ? null : roughSpanWords(now - Date.parse(snapshot.lastCheckAt))
    const overdue = last === null ? 'it was not checked when due' : `no check for ${last}`
    return { icon: 'unknown', sentence: `${name} is unknown now: ${overdue}`, since: null }
  }
  if (status === 'healthy') return { icon: 'healthy', sentence: `${name} is healthy`, since }
  if (status === 'unknown')
    return { icon: 'unknown', sentence: `${name} is unknown: ${statusReason}`, since: null }
  return { icon: status, sentence: `${name} is ${status}: ${statusReason}`, since }
}

const MODELS_SHOWN = 3

/** What a provider is, in a line of facts: kind, region, models, and whether checks and traffic agree. */
export function providerFacts(detail: ProviderDetail, agreement: string | null): string[] {
  const { provider } = detail
  const names = provider.models.map(({ name }) => name)
  const shown = names.slice(0, MODELS_SHOWN).join(', ')
  const more = names.length - MODELS_SHOWN
  return [
    KIND_FACTS[provider.kind].label,
    provider.region,
    names.length === 0 ? null : more > 0 ? `${shown} and ${more} more` : shown,
    agreement,
  ].filter((fact) => fact !== null)
}

/** From how far apart two success rates count as disagreeing. */
const DISAGREEING = 0.1

/** Whether our checks and real traffic tell the same; null while one of them has too few samples to say. */
export function agreementWords(
  all: readonly Bucket[],
  active: readonly Bucket[],
  minSamples: number,
): string | null {
  const everything = tally(all)
  const checks = tally(active)
  const traffic = { ok: everything.ok - checks.ok, counted: everything.counted - checks.counted }
  if (checks.counted < minSamples || traffic.counted < minSamples) return null
  const checkRate = checks.ok / checks.counted
  const trafficRate = traffic.ok / traffic.counted
  if (Math.abs(checkRate - trafficRate) < DISAGREEING) return 'checks and traffic agree'
  return `checks succeed at ${formatPercent(checkRate)}, traffic at ${formatPercent(trafficRate)}`
}

function tally(buckets: readonly Bucket[]): { ok: number; counted: number } {
  let ok = 0
  let counted = 0
  for (const bucket of buckets) {
    ok += bucket.ok
    counted += countedIn(bucket)
  }
  return { ok, counted }
}

/** The averages that feed the status, or how many samples are still missing: never a rate of too few. */
export function healthScoreWords({
  samples,
  minSamples,
  successRate,
  averageLatencyMs,
}: ProviderSnapshot): string {
  if (samples < minSamples) return `${samples} of ${minSamples} samples`
  const latency = averageLatencyMs === null ? '' : `, average ${formatMs(averageLatencyMs)}`
  return `${formatPercent(successRate)}${latency}`
}

/** The override's line: "Forced open by ops-1, 41 min left · automatic state closed"; null without one. */
export function overrideLine({ circuit }: ProviderSnapshot, now: number): string | null {
  const { override, state } = circuit
  if (override === null) return null
  const left = leftWords(Date.parse(override.until), now)
  return `${capitalise(inWords(override.mode))} by ${override.actor}, ${left} left · automatic state ${inWords(state)}`
}

/** What a check now found, for the line beside its button. */
export function checkResultWords(check: {
  class: OutcomeClass | null
  latencyMs: number | null
  error: string | null
}): string {
  const outcome = check.class === null ? 'skipped' : CLASS_WORDS[check.class]
  const latency = check.latencyMs === null ? '' : ` in ${formatMs(check.latencyMs)}`
  return check.error === null
    ? `Check: ${outcome}${latency}`
    : `Check: ${outcome}${latency}: ${keepUnits(check.error)}`
}

/** The page's size of things below the charts: "3 circuits of models, 1 open". */
export function modelCircuitsWords(models: ProviderSnapshot['models']): string {
  const open = models.filter(({ state }) => state !== 'closed').length
  return open === 0
    ? plural(models.length, 'model')
    : `${open} of ${plural(models.length, 'model')} not closed`
}
