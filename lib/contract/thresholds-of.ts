import type { Settings, Thresholds } from './settings.ts'

/** What one provider sets for itself; nothing where it sets nothing, also for one named like what every object has. */
export const thresholdsOf = ({ providers }: Pick<Settings, 'providers'>, providerId: string): Thresholds =>
  (Object.hasOwn(providers, providerId) ? providers[providerId] : undefined) ?? {}
