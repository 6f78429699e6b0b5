import type { ProviderConfig } from '#lib/contract/provider.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { formatCount, NOTHING } from './format.ts'

export type ConfigurationRow = { name: string; value: string }

/** A provider's configuration as names and values; what is not set is left out, secrets never appear. */
export function configurationRows(provider: ProviderConfig): ConfigurationRow[] {
  const rows: [name: string, value: string | null][] = [
    ['Kind', KIND_FACTS[provider.kind].label],
    ['Id', provider.id],
    ['Base URL', provider.baseUrl],
    ['Key', keyWords(provider)],
    ['API version', provider.apiVersion],
    ...Object.entries(provider.headers).map(([name, value]): [string, string] => [`Header ${name}`, value]),
    ['Region', provider.region],
    ['Coordinates', provider.coordinates?.join(', ') ?? null],
    ['Probe', probeWords(provider.probe)],
    ...provider.models.map((model): [string, string] => ['Model', modelWords(model)]),
    ['Tags', provider.tags.length === 0 ? null : provider.tags.join(', ')],
    ['Weight', String(provider.weight)],
    ['Priority', String(provider.priority)],
    ['Concurrency', provider.maxConcurrency === null ? null : `at most ${provider.maxConcurrency}`],
    ['Version', String(provider.version)],
  ]
  return rows.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
}

/** Where the key is: `kept, ends in …ab12`, `from env:NAME`, or none. */
function keyWords({ hasApiKey, apiKeyLast4, apiKeyRef }: ProviderConfig): string {
  if (apiKeyRef !== null) return `from ${apiKeyRef}`
  if (!hasApiKey) return 'none'
  return apiKeyLast4 === null ? 'kept' : `kept, ends in …${apiKeyLast4}`
}

function probeWords(probe: ProviderConfig['probe']): string {
  return [
    probe.type,
    probe.model,
    probe.path,
    probe.expectStatus === null ? null : `expects ${probe.expectStatus}`,
    probe.dailyBudgetUsd === null ? null : `at most $${probe.dailyBudgetUsd} a day`,
    probe.skipWhenTrafficProves ? 'skipped while traffic proves health' : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function modelWords({ name, alias, priceIn, priceOut }: ProviderConfig['models'][number]): string {
  const named = alias === null ? name : `${name} as ${alias}`
  if (priceIn === null && priceOut === null) return named
  const dollars = (price: number | null) => (price === null ? NOTHING : `$${price}`)
  return `${named} · ${dollars(priceIn)} in, ${dollars(priceOut)} out per ${formatCount(1_000_000)} tokens`
}
