import type { FleetEventRecord } from '#lib/contract/circuit.ts'

/** What was done to a circuit is told by the circuit's own event, with its reason and end. */
export const isToldTwice = (event: FleetEventRecord): boolean =>
  event.kind === 'action' && event.action.startsWith('circuit.')

/** Of what an operator did to no provider alone, settings are what a provider's charts are explained by. */
const isFarAway = (event: FleetEventRecord) =>
  event.kind === 'action' && event.providerId === null && !event.action.startsWith('settings.')

/** What a provider's page tells of all that happened to it and to the whole fleet. */
export const providerHappenings = (events: readonly FleetEventRecord[]): FleetEventRecord[] =>
  events.filter((event) => !isToldTwice(event) && !isFarAway(event))
