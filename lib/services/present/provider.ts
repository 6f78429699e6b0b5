import type { ProviderConfig } from '#lib/contract/provider.ts'
import type { Thresholds } from '#lib/contract/settings.ts'
import type { Provider } from '#lib/domain/provider.ts'
import { MASKED } from '#lib/domain/redact-secrets.ts'
import { isSecretHeader } from '#lib/domain/secret-header.ts'
import { iso } from './time.ts'

/** A provider's configuration without its secrets. */
export function presentProvider(provider: Provider, thresholds: Thresholds): ProviderConfig {
  const { key } = provider
  return {
    id: provider.id,
    name: provider.name,
    kind: provider.kind,
    baseUrl: provider.baseUrl,
    hasApiKey: key.type !== 'none',
    apiKeyLast4: key.type === 'sealed' ? key.last4 : null,
    apiKeyRef: key.type === 'reference' ? key.reference : null,
    headers: maskHeaders(provider.headers),
    apiVersion: provider.apiVersion,
    region: provider.region,
    coordinates: provider.coordinates && [...provider.coordinates],
    models: provider.models.map((model) => ({ ...model })),
    tags: [...provider.tags],
    enabled: provider.enabled,
    weight: provider.weight,
    priority: provider.priority,
    maxConcurrency: provider.maxConcurrency,
    probe: { ...provider.probe },
    thresholds,
    version: provider.version,
    createdAt: iso(provider.createdAt),
    updatedAt: iso(provider.updatedAt),
  }
}

/** Sent back unchanged, what stands in the place of a secret header's value keeps the value. */
const maskHeaders = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretHeader(name) ? MASKED : value]),
  )
