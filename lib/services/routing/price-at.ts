import type { Provider } from '#lib/domain/provider.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'

/** What a provider takes for a model, by its name there; null where that is not known. */
export function priceAt({ models }: Provider, model: string): Candidate['price'] {
  const listed = models.find(({ name }) => name === model)
  const priceIn = listed?.priceIn ?? null
  const priceOut = listed?.priceOut ?? null
  return priceIn === null || priceOut === null ? null : { in: priceIn, out: priceOut }
}
