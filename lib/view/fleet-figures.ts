import type { FleetStats, ProviderRow } from '#lib/contract/monitor.ts'
import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import { formatCount, formatMs, formatPercent, NOTHING, plural } from './format.ts'
import { classWords, totalOf } from './traffic-cell.ts'

/** One figure of the overview: a large value and a small addition. */
export type FleetFigure = { label: string; value: string; addition: string; hint: string }

/** The overview's figures, from the rows at hand and the fleet's statistics. */
export function fleetFigures(stats: FleetStats, rows: readonly ProviderRow[]): FleetFigure[] {
  const enabled = rows.filter(({ enabled }) => enabled)
  return [
    {
      label: 'Providers',
      value: formatCount(stats.totalProviders),
      addition: statusCounts(stats),
      hint: 'Enabled providers by their health',
    },
    successFigure(enabled),
    latencyFigure(enabled),
    trafficFigure(rows),
    circuitsFigure(enabled),
  ]
}

function statusCounts(stats: FleetStats): string {
  const parts: [count: number, word: string][] = [
    [stats.unhealthyProviders, 'unhealthy'],
    [stats.degradedProviders, 'degraded'],
    [stats.unknownProviders, 'unknown'],
    [stats.healthyProviders, 'healthy'],
  ]
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(' · ')
}

/** Rates are weighed by their calls: the fleet's rate is that of its calls, not the mean of its providers. */
function successFigure(rows: readonly ProviderRow[]): FleetFigure {
  let calls = 0
  let succeeded = 0
  for (const { lastHour } of rows) {
    if (lastHour.successRate === null) continue
    calls += lastHour.count
    succeeded += lastHour.count * lastHour.successRate
  }
  return {
    label: 'Success, last hour',
    value: formatPercent(calls === 0 ? null : succeeded / calls),
    addition: calls === 0 ? 'no calls' : `of ${plural(calls, 'call')}`,
    hint: 'Checks and traffic together, each call once',
  }
}

/** Percentiles cannot be averaged: the tile gives the middle provider's p50 and the slowest provider's p95, by name. */
function latencyFigure(rows: readonly ProviderRow[]): FleetFigure {
  const p50s = rows
    .flatMap(({ lastHour }) => (lastHour.p50Ms === null ? [] : [lastHour.p50Ms]))
    .toSorted((a, b) => a - b)
  const slowest = rows
    .filter(({ lastHour }) => lastHour.p95Ms !== null)
    .reduce<ProviderRow | null>(
      (worst, row) => ((row.lastHour.p95Ms ?? 0) > (worst?.lastHour.p95Ms ?? -1) ? row : worst),
      null,
    )
  return {
    label: 'Latency p50 / worst p95',
    value: formatMs(p50s[Math.floor(p50s.length / 2)] ?? null),
    addition: slowest === null ? NOTHING : `/ ${formatMs(slowest.lastHour.p95Ms)} ${slowest.name}`,
    hint: 'Last hour: the p50 of the middle provider, and the highest p95 with its provider',
  }
}

/** Traffic alone: each upstream call once, so a request that failed over counts at each provider it was sent to. */
function trafficFigure(rows: readonly ProviderRow[]): FleetFigure {
  const all: ProviderRow['lastHour']['traffic'] = {}
  for (const { lastHour } of rows) {
    for (const outcomeClass of OUTCOME_CLASSES) {
      const count = lastHour.traffic[outcomeClass] ?? 0
      if (count > 0) all[outcomeClass] = (all[outcomeClass] ?? 0) + count
    }
  }
  const { ok = 0, ...others } = all
  const total = totalOf(all)
  const said = ok === total ? 'all ok' : classWords(others)
  return {
    label: 'Traffic, last hour',
    value: formatCount(total),
    addition: total === 0 ? 'no calls' : said,
    hint: 'Calls to providers that carried real requests, and how those that did not succeed ended',
  }
}

function circuitsFigure(rows: readonly ProviderRow[]): FleetFigure {
  const count = (test: (row: ProviderRow) => boolean) => rows.filter(test).length
  const open = count(({ circuit }) => circuit.state === 'open')
  const parts: [count: number, word: string][] = [
    [count(({ circuit }) => circuit.state === 'half_open'), 'half-open'],
    [count(({ circuit }) => circuit.effective === 'cooling'), 'cooling'],
    [count(({ circuit }) => circuit.override?.mode === 'forced_open'), 'held open'],
    [count(({ circuit }) => circuit.override !== null && circuit.override.mode !== 'forced_open'), 'held'],
    [rows.reduce((sum, { openModels }) => sum + openModels, 0), 'of models'],
  ]
  const said = parts.filter(([many]) => many > 0).map(([many, word]) => `${formatCount(many)} ${word}`)
  return {
    label: 'Circuits open',
    value: formatCount(open),
    addition: said.length === 0 ? '' : `+ ${said.join(' · ')}`,
    hint: 'Providers’ circuits whose automatic state is open; beside them what else is not simply closed',
  }
}
