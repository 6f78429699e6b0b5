/** When somebody is told, and what counts as an outage of the fleet. Times are ms. */
export type GroupingPolicy = {
  /** From an incident's beginning to its first notice, so that one message has all that happens at once. */
  groupWaitMs: number
  /** Between two notices of one incident, unless it is over. */
  groupIntervalMs: number
  /** After which an alarm that nobody acknowledged is told again. */
  repeatMs: number
  /** That many providers, or more than half of those enabled if that is more, make an outage of the fleet. */
  fleetProviders: number
  /** Within which they fail "at once": the group wait and an interval of checks, as checks are spread over it. */
  fleetWithinMs: number
}

export const GROUPING_DEFAULTS: GroupingPolicy = {
  groupWaitMs: 30_000,
  groupIntervalMs: 300_000,
  repeatMs: 14_400_000,
  fleetProviders: 3,
  fleetWithinMs: 60_000,
}

/** How many providers must fail at once to be the fleet's outage. */
export const fleetThreshold = (enabledProviders: number, { fleetProviders }: GroupingPolicy): number =>
  Math.max(fleetProviders, Math.floor(enabledProviders / 2) + 1)
