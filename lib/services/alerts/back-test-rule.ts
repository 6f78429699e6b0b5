import type { BackTestInput, BackTestResult } from '#lib/contract/back-test.ts'
import type { Bucket } from '#lib/contract/check.ts'
import { ruleOfInput } from '#lib/contract/alert-rule.ts'
import { RESOLUTIONS } from '#lib/contract/resolution.ts'
import { backTest, type RecordedEvaluation, type WouldFire } from '#lib/domain/alerts/back-test.ts'
import type { AlertCondition } from '#lib/domain/alerts/condition.ts'
import type { ProviderFacts } from '#lib/domain/alerts/facts.ts'
import { scopeTest, type Rule } from '#lib/domain/alerts/rule.ts'
import { subjectKeyOf } from '#lib/domain/alerts/subject.ts'
import { AppError } from '#lib/domain/errors.ts'
import { TIERS } from '#lib/domain/history-tiers.ts'
import type { Engine } from '../engine.ts'
import { iso } from '../present/time.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import { presentSubject } from './present-incident.ts'
import { recordOfCircuit } from './record-of-circuit.ts'
import { recordedCircuits } from './recorded-circuits.ts'
import { recordedWindows } from './recorded-windows.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** So many stretches of history are read at most, over all providers. */
const MOST_STRETCHES = 200_000
const MOST_SHOWN = 200

type Span = { from: number; to: number }
/** Where to look, and whether somebody still waits for what is found. */
type Trial = { engine: Engine; isAwaited: () => boolean }
type Tried = Span & { covered: number; tested: number; firings: WouldFire[] }

/**
 * When a rule would have fired over the days before now. Of counts there are two weeks at most; of more providers than
 * can be read, the first by id are tried. What is not recorded is not guessed. Rejects with `unavailable` soon after
 * nobody waits for it any more.
 */
export async function backTestRule(
  engine: Engine,
  { rule: input, days }: BackTestInput,
  isAwaited: () => boolean = () => true,
): Promise<BackTestResult> {
  const rule = ruleOfInput('back-test', input)
  const to = engine.clock.now()
  const span = { from: to - days * DAY_MS, to }
  const reason = whyNot(rule, days)
  if (reason !== null) return resultOf({ ...span, covered: 0, tested: 0, firings: [] }, reason)
  const trial = { engine, isAwaited }
  return resultOf(
    isOfCircuits(rule)
      ? await overCircuits(trial, rule, span)
      : await overCounts(trial, rule, wholeMinutes(span)),
    null,
  )
}

function mustBeAwaited({ isAwaited }: Trial): void {
  if (!isAwaited()) throw new AppError('unavailable', 'The client went away.')
}

/** Counts are kept by the minute, and the one that runs is not over. */
const wholeMinutes = ({ from, to }: Span): Span => ({
  from: Math.floor(from / MINUTE_MS) * MINUTE_MS,
  to: Math.floor(to / MINUTE_MS) * MINUTE_MS,
})

const isOfCircuits = ({ condition }: Rule) =>
  condition.type === 'circuit_opened' || condition.type === 'circuit_flapping'

/** Why a rule cannot be tried; null when it can. */
function whyNot({ condition, scope }: Rule, days: number): string | null {
  const windows = windowsOf(condition)
  if (windows === null) return NOT_RECORDED[condition.type] ?? null
  if (scope.type === 'routes') return 'What requests on a route came to is not kept by the minute.'
  const widthMs = finestWidth(days)
  if (windows.some((windowMs) => windowMs < widthMs))
    return `Counts of ${days} days ago are kept by ${widthMs / MINUTE_MS} minutes: choose 2 days, or a longer window.`
  if (
    condition.type === 'latency_p95' &&
    !(RESOLUTIONS.includes(condition.windowMs) && condition.windowMs % widthMs === 0)
  )
    return 'Percentiles are kept of stretches that divide a day: choose a window such as 5, 10, 15 or 30 minutes.'
  return null
}

const NOT_RECORDED: { readonly [T in AlertCondition['type']]?: string } = {
  provider_unhealthy:
    'The status of providers is not recorded, only what their calls came to: try a success rate.',
  provider_degraded:
    'The status of providers is not recorded, only what their calls came to: try a success rate.',
  route_members: 'How many members of a route were eligible is not recorded.',
  probe_cost: 'What probes had cost at a time is not recorded.',
  override_ending: 'A rule about the end of overrides fires before each that lasts: there is nothing to try.',
  monitor_impaired: "The monitor's own state is not recorded.",
}

/** The windows that a condition counts in; null where it looks at what is not recorded. */
function windowsOf(condition: AlertCondition): number[] | null {
  if (NOT_RECORDED[condition.type] !== undefined) return null
  if (condition.type === 'circuit_opened' || condition.type === 'circuit_flapping') return []
  if (condition.type === 'burn_rate')
    return condition.windows.flatMap(({ longMs, shortMs }) => [longMs, shortMs])
  return 'windowMs' in condition ? [condition.windowMs] : []
}

const finestWidth = (days: number) => (days * DAY_MS <= TIERS[0].keptMs ? TIERS[0] : TIERS[1]).widthMs

async function overCircuits(trial: Trial, rule: Rule, { from, to }: Span): Promise<Tried> {
  const { reader, fleet, wait } = trial.engine
  const record = await recordedCircuits(reader, { from, to })
  const covers = scopeTest(rule.scope)
  const tried: Tried = { from: to, to, covered: 0, tested: 0, firings: [] }
  for (const circuit of record.circuits) {
    mustBeAwaited(trial)
    const entry = fleet.entries.get(circuit.providerId)
    if (entry === undefined || !covers(factsOf(entry))) continue
    tried.firings.push(...backTest(rule, recordOfCircuit(circuit, { entry, rule, to })).firings)
    tried.tested += 1
    tried.from = Math.min(tried.from, circuit.moves[0]?.at ?? to)
    await wait(0)
  }
  for (const entry of fleet.entries.values())
    if (covers(factsOf(entry))) {
      tried.covered += 1 + entry.models.size
      tried.from = Math.min(tried.from, entry.provider.createdAt)
    }
  tried.from = Math.max(tried.from, record.from)
  // A circuit that never moved was closed all the time: it has been tried without a look.
  return { ...tried, tested: Math.max(tried.tested, tried.covered) }
}

async function overCounts(trial: Trial, rule: Rule, span: Span): Promise<Tried> {
  const { engine } = trial
  const { condition } = rule
  const days = (span.to - span.from) / DAY_MS
  const widthMs = condition.type === 'latency_p95' ? condition.windowMs : finestWidth(days)
  const keptFrom = Math.max(span.from, span.to - TIERS[1].keptMs)
  const from = Math.ceil(keptFrom / widthMs) * widthMs
  const covers = scopeTest(rule.scope)
  const entries = [...engine.fleet.entries.values()].filter((entry) => covers(factsOf(entry)))
  const most = Math.max(1, Math.floor((MOST_STRETCHES * widthMs) / (span.to - from)))
  const tested = entries.sort((a, b) => (a.provider.id < b.provider.id ? -1 : 1)).slice(0, most)
  const tried: Tried = {
    from: span.to,
    to: span.to,
    covered: entries.length,
    tested: tested.length,
    firings: [],
  }
  for (const entry of tested) {
    mustBeAwaited(trial)
    const record = await recordOfProvider(engine, entry, { from, to: span.to, widthMs })
    tried.firings.push(...backTest(rule, record.evaluations).firings)
    tried.from = Math.min(tried.from, record.from)
  }
  return tried
}

async function recordOfProvider(
  { reader }: Engine,
  entry: ProviderEntry,
  range: Span & { widthMs: number },
): Promise<Span & { evaluations: Iterable<RecordedEvaluation> }> {
  const query = {
    from: range.from,
    to: range.to,
    providerId: entry.provider.id,
    model: null,
    resolutionMs: range.widthMs,
    slowMs: null,
  }
  const [all, traffic] = await Promise.all([
    reader.history({ ...query, source: null }),
    reader.history({ ...query, source: 'passive' }),
  ])
  const known = { ...range, from: Math.max(range.from, beginOf(entry, all.buckets, range.widthMs)) }
  const windowsAt = recordedWindows({ ...known, all: all.buckets, traffic: traffic.buckets })
  return {
    from: Math.min(known.from, known.to),
    to: known.to,
    evaluations: everyMinute(factsOf(entry), known, windowsAt),
  }
}

/** Since when there was something to record of a provider: before it was there, silence says nothing. */
function beginOf({ provider }: ProviderEntry, buckets: readonly Bucket[], widthMs: number): number {
  const first = buckets.find(({ count }) => count > 0)
  const at = first === undefined ? provider.createdAt : Math.min(provider.createdAt, Date.parse(first.at))
  return Math.floor(at / widthMs) * widthMs
}

function* everyMinute(
  facts: ProviderFacts,
  { from, to, widthMs }: Span & { widthMs: number },
  windowsAt: ReturnType<typeof recordedWindows>,
): Generator<RecordedEvaluation> {
  for (let at = from + widthMs; at <= to; at += MINUTE_MS) yield { at, facts, windows: windowsAt(at) }
}

function factsOf({ provider: { id, name, tags }, policies }: ProviderEntry): ProviderFacts {
  const subject = { type: 'provider', id, name } as const
  return {
    type: 'provider',
    key: subjectKeyOf(subject),
    subject,
    providerId: id,
    tags,
    checkIntervalMs: policies.monitor.intervalMs,
    status: 'unknown',
    reason: '',
    probeCost: null,
  }
}

const resultOf = ({ from, to, covered, tested, firings }: Tried, reason: string | null): BackTestResult => ({
  testable: reason === null,
  reason,
  from: iso(from),
  to: iso(to),
  subjects: { covered, tested },
  count: firings.length,
  firings: [...firings]
    .sort((a, b) => a.firedAt - b.firedAt)
    .slice(0, MOST_SHOWN)
    .map(({ subject, firedAt, resolvedAt, sentence }) => ({
      subject: presentSubject(subject),
      firedAt: iso(firedAt),
      resolvedAt: resolvedAt === null ? null : iso(resolvedAt),
      lastedMs: (resolvedAt ?? to) - firedAt,
      sentence,
    })),
})
