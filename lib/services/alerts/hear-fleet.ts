import type { Engine } from '../engine.ts'

/** Has alerting hear of checks, which its windows count, and of whom to look at; the function that comes back ends it. */
export function hearFleet({ alerting, bus, fleet }: Pick<Engine, 'alerting' | 'bus' | 'fleet'>): () => void {
  return bus.on((event) => {
    if (event.type === 'check') alerting.counts.recordCheck(event.check)
    alerting.round.hear(event, fleet)
  })
}
