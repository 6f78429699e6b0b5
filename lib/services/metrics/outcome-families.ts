import { OUTCOME_CLASSES, type OutcomeSource } from '#lib/domain/outcome.ts'
import type { Engine } from '../engine.ts'
import type { Distribution, Family, Sample } from './family.ts'

/** Counts by class; a provider that traffic never reached has no series of traffic. */
const byClass = (source: OutcomeSource) =>
  function* ({ fleet }: Engine): Generator<Sample> {
    for (const { provider, counts } of fleet.entries.values()) {
      if (counts.latencies(source) === null) continue
      for (const outcomeClass of OUTCOME_CLASSES)
        yield {
          labels: { provider: provider.id, class: outcomeClass },
          value: counts.outcomes(source, outcomeClass),
        }
    }
  }

const latencies = (source: OutcomeSource) =>
  function* ({ fleet }: Engine): Generator<Distribution> {
    for (const { provider, counts } of fleet.entries.values()) {
      const buckets = counts.latencies(source)?.read()
      if (buckets !== undefined) yield { labels: { provider: provider.id }, buckets }
    }
  }

/** How checks and attempts ended. */
export const OUTCOME_FAMILIES: readonly Family<Engine>[] = [
  {
    name: 'switchyard_checks_total',
    help: 'Checks that ended, by who is to blame; ok is a success.',
    type: 'counter',
    labels: ['provider', 'class'],
    read: byClass('active'),
  },
  {
    name: 'switchyard_checks_skipped_total',
    help: 'Checks that were due and not run, by why; no series before the first.',
    type: 'counter',
    labels: ['provider', 'reason'],
    read: function* ({ fleet }) {
      for (const { provider, counts } of fleet.entries.values()) {
        for (const [reason, value] of counts.skipped())
          yield { labels: { provider: provider.id, reason }, value }
      }
    },
  },
  {
    name: 'switchyard_check_latency_seconds',
    help: 'How long checks took that succeeded.',
    type: 'histogram',
    labels: ['provider'],
    read: latencies('active'),
  },
  {
    name: 'switchyard_traffic_attempts_total',
    help: 'Attempts at a provider for clients that ended, by who is to blame: those of the gateway and those that others reported.',
    type: 'counter',
    labels: ['provider', 'class'],
    read: byClass('passive'),
  },
  {
    name: 'switchyard_traffic_latency_seconds',
    help: 'How long attempts took that succeeded: a stream to its first token, anything else to its end.',
    type: 'histogram',
    labels: ['provider'],
    read: latencies('passive'),
  },
  {
    name: 'switchyard_tokens_total',
    help: 'Tokens that providers say they were sent (input) and gave (output).',
    type: 'counter',
    labels: ['provider', 'direction'],
    read: function* ({ fleet }) {
      for (const { provider, counts } of fleet.entries.values()) {
        if (counts.latencies('passive') === null) continue
        const { inputTokens, outputTokens } = counts.tokens()
        yield { labels: { provider: provider.id, direction: 'input' }, value: inputTokens }
        yield { labels: { provider: provider.id, direction: 'output' }, value: outputTokens }
      }
    },
  },
]
