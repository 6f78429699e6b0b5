import { subjectKeyOf } from '#lib/domain/alerts/subject.ts'
import type { WindowCounts as Counts, Windows } from '#lib/domain/alerts/facts.ts'
import { healthVerdict } from '#lib/domain/outcome.ts'
import type { Engine } from '../engine.ts'
import { REQUEST_OUTCOMES, type RouteCounts } from '../metrics/route-counts.ts'
import type { CheckRecord } from '../records.ts'
import type { Counted } from './count-ring.ts'
import { MinuteCounts } from './minute-counts.ts'
import { WindowLatency } from './window-latency.ts'

const NO_REQUESTS: Counted = { ok: 0, failed: 0, traffic: 0 }

/** Counts of a subject, and the latencies beside them where it is a provider. */
type Kept = { counts: MinuteCounts; latency: WindowLatency | null }

/** What rules look back on: every provider's calls, and every route's requests, by the minute. */
export class WindowCounts {
  readonly #byKey = new Map<string, Kept>()
  /** The keys of providers by their ids: checks are counted a thousand times a second. */
  readonly #keys = new Map<string, string>()
  /** How many requests of a route were counted so far. */
  readonly #seen = new Map<string, { of: RouteCounts; total: Counted }>()

  /** Counts a check, or traffic of one second that ended alike. */
  recordCheck({ providerId, class: outcomeClass, source, at, count }: CheckRecord): void {
    if (outcomeClass === null) return
    const verdict = healthVerdict(outcomeClass)
    const traffic = source === 'passive' ? count : 0
    if (verdict === 'none' && traffic === 0) return
    this.recordPast(providerId, at, {
      ok: verdict === 'success' ? count : 0,
      failed: verdict === 'failure' ? count : 0,
      traffic,
    })
  }

  /** Counts calls of a provider that ended about `at`, epoch ms. */
  recordPast(providerId: string, at: number, counted: Counted): void {
    this.#of(this.#keyOf(providerId), providerId).record(at, counted)
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
      this.#of(routeKey(name), null).record(now, {
        ok: total.ok - before.ok,
        failed: total.failed - before.failed,
        traffic: total.traffic - before.traffic,
      })
    }
  }

  /** Forgets providers and routes that are no more. */
  forget({ fleet, routing }: Pick<Engine, 'fleet' | 'routing'>): void {
    for (const [id, key] of this.#keys) {
      if (fleet.entries.has(id)) continue
      this.#keys.delete(id)
      this.#byKey.delete(key)
    }
    for (const name of this.#seen.keys()) {
      if (!routing.live.has(name)) this.#seen.delete(name)
      if (!routing.routes.has(name)) this.#byKey.delete(routeKey(name))
    }
  }

  /** The windows that end at `now`. */
  at(now: number, fleet: Pick<Engine['fleet'], 'entries'>): Windows {
    return {
      windowOf: (key, windowMs) => {
        const kept = this.#byKey.get(key)
        return kept === undefined ? null : countsOf(kept, { now, windowMs, fleet })
      },
      trafficIn: (key, windowMs) => {
        const counts = this.#byKey.get(key)?.counts
        const since = counts?.countedSince ?? null
        // Whoever has not been watched for that long may have had traffic before.
        if (counts === undefined || since === null || since > now - windowMs) return null
        return counts.countsIn(now, windowMs).traffic
      },
    }
  }

  #keyOf(providerId: string): string {
    const held = this.#keys.get(providerId)
    if (held !== undefined) return held
    const made = subjectKeyOf({ type: 'provider', id: providerId, name: '' })
    this.#keys.set(providerId, made)
    return made
  }

  #of(key: string, providerId: string | null): MinuteCounts {
    const held = this.#byKey.get(key)
    if (held !== undefined) return held.counts
    const counts = new MinuteCounts()
    this.#byKey.set(key, { counts, latency: providerId === null ? null : new WindowLatency(providerId) })
    return counts
  }
}

const routeKey = (name: string) => subjectKeyOf({ type: 'route', id: name, name })

type Asked = { now: number; windowMs: number; fleet: Pick<Engine['fleet'], 'entries'> }

function countsOf({ counts, latency }: Kept, { now, windowMs, fleet }: Asked): Counts {
  const { ok, failed } = counts.countsIn(now, windowMs)
  return {
    ok,
    failed,
    // Only rules about latency ask for it, and it takes a hundred times as long as the counts.
    get p95Ms() {
      return latency === null ? null : latency.p95(fleet, now, windowMs)
    },
  }
}

/** What a client did wrong, or gave up, is nobody's failure. */
const FAILURES = ['provider_error', 'credentials', 'rate_limited', 'none_eligible'] as const

const requestsOf = (counts: RouteCounts): Counted => ({
  ok: counts.requests('ok'),
  failed: FAILURES.reduce((sum, outcome) => sum + counts.requests(outcome), 0),
  traffic: REQUEST_OUTCOMES.reduce((sum, outcome) => sum + counts.requests(outcome), 0),
})
