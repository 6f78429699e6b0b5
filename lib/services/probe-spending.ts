import { completionCostUsd, probeBudget, type TokenPrices } from '#lib/domain/probe-cost.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { trafficProves } from '#lib/domain/traffic-sample.ts'
import type { ProviderEntry } from './provider-entry.ts'
import type { SkipReason } from './records.ts'
import { iso } from './present/time.ts'

const dayOf = (at: number) => iso(at).slice(0, 10)

const UNKNOWN_PRICES: TokenPrices = { priceIn: null, priceOut: null }

function pricesOf({ provider }: ProviderEntry): TokenPrices {
  const { model } = provider.probe
  return provider.models.find(({ name, alias }) => name === model || alias === model) ?? UNKNOWN_PRICES
}

/** Why a due check is not to be run now, or null: only checks that cost money are ever skipped. */
export function skipReason(entry: ProviderEntry, now: number): SkipReason | null {
  const { probe } = entry.provider
  if (probe.type !== 'completion') return null
  const spentToday = entry.spent?.day === dayOf(now) ? entry.spent.usd : 0
  const budget = probeBudget(spentToday, probe.dailyBudgetUsd, pricesOf(entry))
  if (budget !== 'run') return budget
  const interval = { now, intervalMs: entry.policies.monitor.intervalMs }
  return probe.skipWhenTrafficProves && trafficProves(entry.traffic, entry.health, interval)
    ? 'traffic_proves'
    : null
}

/** Adds what a completion probe cost to its day's spending. */
export function spendOnProbe(entry: ProviderEntry, raw: RawResult, now: number): void {
  const cost = completionCostUsd(raw.usage, pricesOf(entry))
  if (cost === null) return
  const day = dayOf(now)
  entry.spent = { day, usd: (entry.spent?.day === day ? entry.spent.usd : 0) + cost }
}
