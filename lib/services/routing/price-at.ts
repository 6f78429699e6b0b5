import { providerPrice } from '#lib/domain/routing/price-table.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { CircuitSlot } from '../circuit-slot.ts'

/** What a provider takes for a model, by its name there; remembered with the model until the provider is changed. */
export function priceAt(provider: Provider, model: string, slot: CircuitSlot | null): Candidate['price'] {
  if (slot === null) return providerPrice(provider, model)
  if (slot.price?.provider !== provider) slot.price = { provider, price: providerPrice(provider, model) }
  return slot.price.price
}
