'use client'

import { useQuery } from '@tanstack/react-query'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { RouteConfig } from '#lib/contract/route.ts'

const byName = (routes: readonly RouteConfig[]): Readonly<Record<string, RouteConfig>> =>
  Object.fromEntries(routes.map((route) => [route.name, route]))

const NONE: Readonly<Record<string, RouteConfig>> = {}

/** Routes’ configurations by name; the same object until one changes. */
export function useRouteConfigs(): Readonly<Record<string, RouteConfig>> {
  const { data = NONE } = useQuery({ ...routingQueries.routes(), select: byName })
  return data
}
