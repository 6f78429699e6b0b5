import type { Monitor } from '#lib/contract/monitor.ts'

/** The server's time of this render, epoch ms; the fleet's own clock where there is a fleet. */
export const renderedAt = (fleet: Monitor | null): number =>
  fleet === null ? Date.now() : Date.parse(fleet.asOf)
