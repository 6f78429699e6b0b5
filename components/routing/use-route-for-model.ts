'use client'

import { useQuery } from '@tanstack/react-query'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { routeForModel } from '#lib/view/route-for-model.ts'

/** Finds the name of the route that the gateway would take a model through; null where it would know none. */
export function useRouteForModel(): (model: string) => string | null {
  const { data = [] } = useQuery(routingQueries.routes())
  return (model) => routeForModel(data, model)
}
