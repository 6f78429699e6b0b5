import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { annotationsView, type AnnotationsInput, type AnnotationsView } from './annotations-view.ts'
import { isToldTwice } from './provider-happenings.ts'

/** Whether somebody, or a deployment, did it; what circuits did by themselves is on their lanes. */
function isDoing(event: FleetEventRecord): boolean {
  switch (event.kind) {
    case 'action':
      return !isToldTwice(event)
    case 'marker':
      return true
    case 'override':
      return event.phase === 'set' || event.phase === 'released'
    case 'transition':
      return event.cause === 'operator'
    case 'cooling':
      return false
  }
}

type Input = Omit<AnnotationsInput, 'now'> & { nameOf: (providerId: string) => string }

/** What was done to the fleet, for the row above its lanes: commands, changes of settings, markers of deployments. */
export function fleetAnnotations(input: Input): AnnotationsView {
  const view = annotationsView({ ...input, now: input.to, events: input.events.filter(isDoing) })
  const count = view.list.length
  return { ...view, summary: count === 0 ? 'Nothing was done in this range.' : `Done: ${view.summary}` }
}
