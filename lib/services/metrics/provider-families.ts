import { HEALTH_STATUSES } from '#lib/domain/health.ts'
import type { Engine } from '../engine.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import { type Family, oneHot, type Sample, seconds } from './family.ts'

/** One series a provider, of those for which the value is known. */
const ofEach = (valueOf: (entry: ProviderEntry) => number | null) =>
  function* ({ fleet }: Engine): Generator<Sample> {
    for (const entry of fleet.entries.values()) {
      const value = valueOf(entry)
      if (value !== null) yield { labels: { provider: entry.provider.id }, value }
    }
  }

const gaugeOfEach = (name: string, help: string, valueOf: (entry: ProviderEntry) => number | null) =>
  ({ name, help, type: 'gauge', labels: ['provider'], read: ofEach(valueOf) }) as const

/** How providers are; one series a provider unless said otherwise. */
export const PROVIDER_FAMILIES: readonly Family<Engine>[] = [
  {
    name: 'switchyard_provider_info',
    help: 'What a provider is called, what kind it is and where it is; always 1.',
    type: 'gauge',
    labels: ['provider', 'name', 'kind', 'region'],
    read: function* ({ fleet }) {
      for (const { provider } of fleet.entries.values()) {
        const { id, name, kind, region } = provider
        yield { labels: { provider: id, name, kind, region: region ?? '' }, value: 1 }
      }
    },
  },
  {
    name: 'switchyard_provider_status',
    help: 'Whether this is the status of the health of a provider: 1 for one of four.',
    type: 'gauge',
    labels: ['provider', 'status'],
    read: function* ({ fleet }) {
      for (const { provider, health } of fleet.entries.values()) {
        for (const status of HEALTH_STATUSES)
          yield { labels: { provider: provider.id, status }, value: oneHot(health.status === status) }
      }
    },
  },
  gaugeOfEach(
    'switchyard_provider_status_since_timestamp_seconds',
    'Since when the status of a provider holds, Unix time.',
    ({ health }) => seconds(health.since),
  ),
  gaugeOfEach(
    'switchyard_provider_success_ratio',
    'The health score: the moving average of successes, 0 to 1, and 1 before the first.',
    ({ health }) => health.successRate,
  ),
  gaugeOfEach('switchyard_provider_enabled', 'Whether a provider is enabled: 1 or 0.', ({ provider }) =>
    oneHot(provider.enabled),
  ),
  gaugeOfEach(
    'switchyard_provider_last_check_timestamp_seconds',
    'When the last check of a provider ended, Unix time; no series before the first.',
    ({ lastCheckAt }) => (lastCheckAt === null ? null : seconds(lastCheckAt)),
  ),
  gaugeOfEach(
    'switchyard_provider_checks_in_progress',
    'Checks of a provider that are under way.',
    ({ inFlight }) => inFlight,
  ),
  gaugeOfEach(
    'switchyard_provider_calls_in_progress',
    'Attempts at a provider for clients, of all routes, that are under way.',
    ({ calls }) => calls,
  ),
  gaugeOfEach(
    'switchyard_provider_probe_spent_dollars',
    'US dollars that completion probes spent on the latest UTC day on which they spent any; no series without one.',
    ({ spent }) => spent?.usd ?? null,
  ),
]
