import type { Monitor } from '#lib/contract/monitor.ts'

/** Whether the snapshot holds only a part of the fleet, as the first paint of a large one does. */
export const isPartial = ({ providers, stats }: Pick<Monitor, 'providers' | 'stats'>): boolean =>
  providers.filter(({ enabled }) => enabled).length < stats.totalProviders
