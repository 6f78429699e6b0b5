'use client'

import { useMemo } from 'react'
import { Panel } from '#components/ui/panel.tsx'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { orderRoutes, routeView } from '#lib/view/routing-view.ts'
import { RouteBlock } from './route-block.tsx'
import { ShareLegend } from './share-bar.tsx'
import { useNameOf } from './use-name-of.ts'
import { useRouteConfigs } from './use-route-configs.ts'
import { useRouting } from './use-routing.ts'

const NO_ROUTE: PanelCondition = {
  kind: 'not_configured',
  text: 'A route says which models it takes, who may serve them, and how one of them is chosen. Without one, requests have nowhere to go.',
  action: {
    href: '/settings/routes/new?over=all',
    label: 'Create a route over all providers',
    needs: 'routes.write',
  },
}

/** The routes: those with nobody eligible first, then those with one. */
export function RoutesPanel() {
  const { state, condition } = useRouting()
  const configs = useRouteConfigs()
  const nameOf = useNameOf()
  const views = useMemo(
    () =>
      orderRoutes(state?.routes ?? []).map((route) => routeView(route, configs[route.name] ?? null, nameOf)),
    [state, configs, nameOf],
  )
  const isEmpty = state !== null && views.length === 0
  return (
    <Panel
      title="Routes"
      minHeight={220}
      condition={isEmpty ? NO_ROUTE : condition}
      meta={
        views.length > 0 && (
          <>
            <ShareLegend />
            <span>{plural(views.length, 'route')}, those in need first</span>
          </>
        )
      }
    >
      {views.map((view) => (
        <RouteBlock key={view.name} view={view} />
      ))}
    </Panel>
  )
}
