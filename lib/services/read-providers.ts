import type { ProviderConfig } from '#lib/contract/provider.ts'
import type { Engine } from './engine.ts'
import { presentProvider } from './present/provider.ts'

/** Every provider's configuration, in the order they were made. */
export const readProviders = ({ fleet }: Engine): ProviderConfig[] =>
  [...fleet.entries.values()].map(({ provider, thresholds }) => presentProvider(provider, thresholds))
