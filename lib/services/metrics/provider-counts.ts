import { CIRCUIT_STATES, type CircuitState } from '#lib/domain/circuit.ts'
import { OUTCOME_CLASSES, type Outcome, type OutcomeClass, type OutcomeSource } from '#lib/domain/outcome.ts'
import type { TokenUsage } from '#lib/domain/token-usage.ts'
import type { SkipReason } from '../records.ts'
import { BucketCounts } from './bucket-counts.ts'

/** From an answer of a near cache to a long completion. */
export const LATENCY_BOUNDS_MS = [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000] as const

/** Whose circuit: the provider's own, or one of its models'. */
export const CIRCUIT_LEVELS = ['provider', 'model'] as const
export type CircuitLevel = (typeof CIRCUIT_LEVELS)[number]

const placesOf = <Key extends string>(keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key, place) => [key, place])) as Record<Key, number>
const CLASS_PLACES = placesOf(OUTCOME_CLASSES)
const STATE_PLACES = placesOf(CIRCUIT_STATES)

const add = (counts: Float64Array, place: number, by = 1) => {
  counts[place] = (counts[place] ?? 0) + by
}

type SourceCounts = { classes: Float64Array; latencies: BucketCounts }

const newSource = (): SourceCounts => ({
  classes: new Float64Array(OUTCOME_CLASSES.length),
  latencies: new BucketCounts(LATENCY_BOUNDS_MS),
})

/**
 * What one provider's calls came to since this process knows it. Nothing here ever falls; who reads the figures makes
 * rates of them. A new process, and a provider that was deleted and made anew, begin at 0.
 */
export class ProviderCounts {
  readonly #active = newSource()
  // Most of a large fleet may never see traffic.
  #passive: SourceCounts | null = null
  readonly #transitions = new Float64Array(CIRCUIT_LEVELS.length * CIRCUIT_STATES.length)
  readonly #skipped = new Map<SkipReason, number>()
  readonly #tokens: TokenUsage = { inputTokens: 0, outputTokens: 0 }

  /** Counts how a check or an attempt ended, and how long a success took. */
  countOutcome({ source, class: outcomeClass, latencyMs }: Outcome): void {
    const counts = source === 'active' ? this.#active : (this.#passive ??= newSource())
    add(counts.classes, CLASS_PLACES[outcomeClass])
    if (outcomeClass === 'ok' && latencyMs !== null) counts.latencies.record(latencyMs)
  }

  /** Counts a check that was due and not run. */
  countSkipped(reason: SkipReason): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1)
  }

  /** Counts that one of its circuits came into a state. */
  countTransition(level: CircuitLevel, to: CircuitState): void {
    add(this.#transitions, CIRCUIT_LEVELS.indexOf(level) * CIRCUIT_STATES.length + STATE_PLACES[to])
  }

  /** Counts the tokens of a call. */
  countTokens({ inputTokens, outputTokens }: TokenUsage): void {
    this.#tokens.inputTokens += inputTokens
    this.#tokens.outputTokens += outputTokens
  }

  /** How many ended so. */
  outcomes(source: OutcomeSource, outcomeClass: OutcomeClass): number {
    return this.#of(source)?.classes[CLASS_PLACES[outcomeClass]] ?? 0
  }

  /** How long successes took; null for traffic where there never was any. */
  latencies(source: OutcomeSource): BucketCounts | null {
    return this.#of(source)?.latencies ?? null
  }

  transitions(level: CircuitLevel, to: CircuitState): number {
    return this.#transitions[CIRCUIT_LEVELS.indexOf(level) * CIRCUIT_STATES.length + STATE_PLACES[to]] ?? 0
  }

  /** Each reason that there was. */
  skipped(): ReadonlyMap<SkipReason, number> {
    return this.#skipped
  }

  tokens(): Readonly<TokenUsage> {
    return this.#tokens
  }

  #of(source: OutcomeSource): SourceCounts | null {
    return source === 'active' ? this.#active : this.#passive
  }
}
