import type { ProviderConfig } from '#lib/contract/provider.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'

/** Whether every word of the search is found in what names the provider: name, id, kind, URL, region, tags, models. */
export function matchesSearch(provider: ProviderConfig, search: string): boolean {
  const { name, id, kind, baseUrl, region, tags, models } = provider
  const text = [
    name,
    id,
    kind,
    KIND_FACTS[kind].label,
    baseUrl,
    region ?? '',
    ...tags,
    ...models.map((model) => model.name),
  ]
    .join('\n')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
