'use client'

import { useMutation } from '@tanstack/react-query'
import { DeleteDialog } from '#components/settings/delete-dialog.tsx'
import { routingMutations } from '#lib/client/routing-mutations.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { nameList } from '#lib/view/name-list.ts'

type Props = { route: RouteConfig; onClose: () => void; onDeleted?: () => void }

/** Asks before a route is deleted, and says what its requests get from then on. */
export function DeleteRouteDialog({ route: { name, models }, onClose, onDeleted }: Props) {
  const remove = useMutation(routingMutations.deleteRoute(name))
  const taken = models.length === 0 ? `route:${name}` : nameList(models)
  return (
    <DeleteDialog
      what={`route ${name}`}
      effect={`Requests for ${taken} go to another route that takes them, and get 404 where there is none. Its decisions stay.`}
      done={`Route ${name} is deleted`}
      typed={{ name }}
      remove={remove}
      onClose={onClose}
      onDeleted={onDeleted}
    />
  )
}
