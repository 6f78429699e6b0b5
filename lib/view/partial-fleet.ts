import type { Monitor } from '#lib/contract/monitor.ts'

/** Whether the snapshot holds only a part of the fleet, as the first paint of a large one does. */
export const isPartial = ({ providers, stats }: Pick<Monitor, 'providers' | 'stats'>): boolean =>
  providers.filter(({ enabled }) => enabled).length < stats.totalProviders

/** What is missing from a part of a fleet, in words; null when nothing is. */
export const missingProviders = (monitor: Pick<Monitor, 'providers' | 'stats'>): string | null =>
  isPartial(monitor)
    ? `The ${monitor.providers.length} worst of ${monitor.stats.totalProviders} providers; the others are on their way.`
    : null
