/** How many of each provider's newest failures are kept for longer than other checks. */
export const KEPT_FAILURES = 50
