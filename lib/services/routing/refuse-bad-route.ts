import { AppError, type FieldError } from '#lib/domain/errors.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Engine } from '../engine.ts'

type Proposed = {
  name: string
  models: readonly string[]
  members: readonly { providerId: string }[]
}

/**
 * Refuses what a route's schema cannot see: members that are no providers, and model patterns that stand twice or that
 * another route has, so that it never hangs on a name's place in the alphabet who serves a model. Throws
 * `invalid_input` with each complaint at its field, those of `more` first.
 */
export function refuseBadRoute(
  { fleet, routing }: Pick<Engine, 'fleet' | 'routing'>,
  proposed: Proposed,
  more: readonly FieldError[] = [],
): void {
  const others = [...routing.routes.values()].filter(({ name }) => name !== proposed.name)
  const fields = [
    ...more,
    ...proposed.models.flatMap((pattern, place) => {
      const message = patternComplaint(others, proposed.models, place)
      return message === null ? [] : [{ path: `models.${place}`, message: `"${pattern}" ${message}` }]
    }),
    ...proposed.members.flatMap(({ providerId }, place) =>
      fleet.entries.has(providerId)
        ? []
        : [{ path: `members.${place}.providerId`, message: `there is no provider "${providerId}"` }],
    ),
  ]
  if (fields.length > 0)
    throw new AppError('invalid_input', `The route "${proposed.name}" is not right.`, { fields })
}

function patternComplaint(others: readonly Route[], models: readonly string[], place: number): string | null {
  const pattern = models[place] ?? ''
  if (models.indexOf(pattern) < place) return 'stands here twice'
  const holder = others.find((route) => route.models.includes(pattern))
  return holder === undefined ? null : `belongs to the route "${holder.name}"`
}
