import type { RouteState } from '#lib/contract/decision.ts'
import type { FleetFigure } from './fleet-figures.ts'
import { formatCount, formatPercent, plural } from './format.ts'

/** The last hour of all routes in four figures; a share is of the requests, a dash where there were none. */
export function routingFigures(routes: readonly RouteState[]): FleetFigure[] {
  const sum = (field: keyof RouteState['requests']) =>
    routes.reduce((total, { requests }) => total + requests[field], 0)
  const count = sum('count')
  const share = (part: number) => (count === 0 ? '' : formatPercent(part / count))
  const panics = sum('panics')
  return [
    {
      label: 'Requests, last hour',
      value: formatCount(count),
      addition: routes.length === 0 ? '' : `over ${plural(routes.length, 'route')}`,
      hint: 'Requests that were routed, each once, however many attempts it took',
    },
    {
      label: 'Failed',
      value: formatCount(sum('failed')),
      addition: share(sum('failed')),
      hint: 'Requests that ended in an error for their client',
    },
    {
      label: 'Failed over',
      value: formatCount(sum('failedOver')),
      addition: share(sum('failedOver')),
      hint: 'Requests that a second or third provider took after the first had failed',
    },
    {
      label: 'Nobody eligible',
      value: formatCount(sum('noneEligible')),
      addition: panics === 0 ? 'no panic' : `+ ${formatCount(panics)} in panic`,
      hint: 'Requests refused because no member was eligible; in panic, circuits and health are ignored rather',
    },
  ]
}
