import type { FleetEventRecord } from '#lib/contract/circuit.ts'

/** What happened to the fleet, in words, and who did it; null: Switchyard. */
export function fleetEventText(event: FleetEventRecord): { actor: string | null; text: string } {
  const of = event.model === null ? '' : ` of ${event.model}`
  switch (event.kind) {
    case 'transition':
      return { actor: event.actor, text: `circuit${of} ${word(event.from)} → ${word(event.to)}` }
    case 'override':
      return {
        actor: event.actor,
        text: `override${of} ${event.phase}${event.reason ? `: ${event.reason}` : ''}`,
      }
    case 'cooling':
      return { actor: null, text: `cooling${of}: ${event.reason}` }
    case 'action':
      return { actor: event.actor, text: event.summary }
    case 'marker':
      return { actor: event.actor, text: event.title }
  }
}

const word = (state: string) => state.replace('_', '-')
