import { msOf } from '#lib/contract/duration.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { GROUPING_DEFAULTS, type GroupingPolicy } from '#lib/domain/alerts/grouping-policy.ts'

/** How notices are grouped under these settings. */
export function groupingOf({ alerts, monitor }: Pick<Settings, 'alerts' | 'monitor'>): GroupingPolicy {
  const groupWaitMs = msOf(alerts.groupWait) ?? GROUPING_DEFAULTS.groupWaitMs
  return {
    ...GROUPING_DEFAULTS,
    groupWaitMs,
    groupIntervalMs: msOf(alerts.groupInterval) ?? GROUPING_DEFAULTS.groupIntervalMs,
    repeatMs: msOf(alerts.repeat) ?? GROUPING_DEFAULTS.repeatMs,
    // Checks are spread over their interval: what fails at once is seen so far apart.
    fleetWithinMs: Math.max(GROUPING_DEFAULTS.fleetWithinMs, groupWaitMs + (msOf(monitor.interval) ?? 0)),
  }
}
