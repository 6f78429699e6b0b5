import { subjectKeyOf } from '#lib/domain/alerts/subject.ts'
import type { WindowCounts as Counts, Windows } from '#lib/domain/alerts/facts.ts'
import { healthVerdict } from '#lib/domain/outcome.ts'
import type { Engine } from '../engine.ts'
import { REQUEST_OUTCOMES, type RouteCounts } from '../metrics/route-counts.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import type { CheckRecord } from '../records.ts'
import { MinuteCounts } from './minute-counts.ts'

const SHORT_LATENCY_MS = 300_000

const providerKey = (id: string) => subjectKeyOf({ type: 'provider', id, name: '' })
const routeKey = (name: string) => subjectKeyOf({ type: 'route', id: name, name })

type Requests = { ok: number; failed: number; traffic: number }
const NO_REQUESTS: Requests = { ok: 0, failed: 0, traffic: 0 }

/** What rules look back on: every provider's calls, and every route's requests, by the minute. */
export class WindowCounts {
  readonly #byKey = new Map<string, MinuteCounts>()
  /** How many requests of a route were counted so far. */
  readonly #seen = new Map<string, { of: RouteCounts; total: Requests }>()

  /** Counts a check, or traffic of one second that ended alike. */
  recordCheck({ providerId, class: outcomeClass, source, at, count }: CheckRecord): void {
    if (outcomeClass === null) return
    const verdict = healthVerdict(outcomeClass)
    const traffic = source === 'passive' ? count : 0
    if (verdict === 'none' && traffic === 0) return
    this.#of(providerKey(providerId)).record(at, {
      ok: verdict === 'success' ? count : 0,
      failed: verdict === 'failure' ? count : 0,
      traffic,
    })
  }

  /** Takes in what routes' requests came to since it was last called. */
  sampleRoutes({ routing }: Pick<Engine, 'routing'>, now: number): void {
    for (const [name, { counts }] of routing.live) {
      const seen = this.#seen.get(name)
      // A route that was made anew under its name counts from 0 again.
      const before = seen?.of === counts ? seen.total : NO_REQUESTS
      const total = requestsOf(counts)
      if (total.traffic === before.traffic) continue
      this.#seen.set(name, { of: counts, total })
      this.#of(routeKey(name)).record(now, {
        ok: total.ok - before.ok,
        failed: total.failed - before.failed,
        traffic: total.traffic - before.traffic,
      })
    }
  }

  /** Forgets providers and routes that are no more. */
  forget(engine: Pick<Engine, 'fleet' | 'routing'>): void {
    const present = new Set([
      ...[...engine.fleet.entries.keys()].map(providerKey),
      ...[...engine.routing.routes.keys()].map(routeKey),
    ])
    for (const key of this.#byKey.keys()) if (!present.has(key)) this.#byKey.delete(key)
    for (const name of this.#seen.keys()) if (!engine.routing.live.has(name)) this.#seen.delete(name)
  }

  /** The windows that end at `now`. Figures asked for more than once are worked out once. */
  at(now: number, fleet: Pick<Engine['fleet'], 'entries'>): Windows {
    const entries = new Map([...fleet.entries].map(([id, entry]) => [providerKey(id), entry]))
    const known = new Map<string, Counts | null>()
    const windowOf = (key: string, windowMs: number): Counts | null => {
      const place = `${windowMs} ${key}`
      const before = known.get(place)
      if (before !== undefined) return before
      const counts = this.#byKey.get(key)?.countsIn(now, windowMs)
      const entry = entries.get(key)
      const made = counts && { ok: counts.ok, failed: counts.failed, p95Ms: p95Of(entry, now, windowMs) }
      known.set(place, made ?? null)
      return made ?? null
    }
    return {
      windowOf,
      trafficIn: (key, windowMs) => {
        const counts = this.#byKey.get(key)
        const since = counts?.countedSince ?? null
        // Whoever has not been watched for that long may have had traffic before.
        if (counts === undefined || since === null || since > now - windowMs) return null
        return counts.countsIn(now, windowMs).traffic
      },
    }
  }

  #of(key: string): MinuteCounts {
    const held = this.#byKey.get(key)
    if (held !== undefined) return held
    const made = new MinuteCounts()
    this.#byKey.set(key, made)
    return made
  }
}

/** What a client did wrong, or gave up, is nobody's failure. */
const FAILURES = ['provider_error', 'credentials', 'rate_limited', 'none_eligible'] as const

const requestsOf = (counts: RouteCounts): Requests => ({
  ok: counts.requests('ok'),
  failed: FAILURES.reduce((sum, outcome) => sum + counts.requests(outcome), 0),
  traffic: REQUEST_OUTCOMES.reduce((sum, outcome) => sum + counts.requests(outcome), 0),
})

function p95Of(entry: ProviderEntry | undefined, now: number, windowMs: number): number | null {
  if (entry === undefined) return null
  return windowMs <= SHORT_LATENCY_MS ? entry.latency.p95(now) : entry.hour.p95(now, windowMs)
}
