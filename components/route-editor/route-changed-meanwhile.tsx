'use client'

import { useQuery } from '@tanstack/react-query'
import { FormChangedMeanwhile } from '#components/settings/form-changed-meanwhile.tsx'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { ROUTE_LABELS, routeForm, type RouteForm } from '#lib/view/route-form.ts'

type Props = {
  stored: RouteConfig
  mine: () => RouteForm
  onChosen: (latest: RouteConfig, values: RouteForm) => void
}

/** Says that others changed the route since the form was opened, and shows both sides. */
export function RouteChangedMeanwhile(props: Props) {
  const reading = useQuery(routingQueries.route(props.stored.name))
  return (
    <FormChangedMeanwhile
      {...props}
      reading={reading}
      latest={reading.data}
      labels={ROUTE_LABELS}
      formOf={routeForm}
    />
  )
}
