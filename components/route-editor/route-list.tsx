'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ListPanel } from '#components/settings/list-panel.tsx'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { queries } from '#lib/client/queries.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { DeleteRouteDialog } from './delete-route-dialog.tsx'
import { RouteTableRow } from './route-table-row.tsx'

const NO_ROUTE: PanelCondition = {
  kind: 'not_configured',
  text: 'No route yet: requests that reach the gateway have nowhere to go.',
  action: {
    href: '/settings/routes/new?over=all',
    label: 'Create a route over all providers',
    needs: 'routes.write',
  },
}

const COLUMNS = ['Route', 'Models', 'Members', 'Version'] as const

/** All routes as they are configured. */
export function RouteList() {
  const list = useQuery(routingQueries.routes())
  const { data } = list
  const { data: providers = [] } = useQuery(queries.providers())
  const [deleting, setDeleting] = useState<RouteConfig | null>(null)
  const names = new Map(providers.map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => names.get(id) ?? id
  return (
    <>
      <PageHeading
        title="Routes"
        actions={
          <ButtonLink needs="routes.write" href="/settings/routes/new" variant="solid">
            Add a route
          </ButtonLink>
        }
      >
        {data === undefined || data.length === 0
          ? 'Which models are taken, who may serve them, and how one of them is chosen.'
          : `${plural(data.length, 'route')}. Changes apply when saved.`}
      </PageHeading>
      <ListPanel
        title="Routes"
        minHeight={240}
        condition={listCondition(list, data, NO_ROUTE)}
        columns={COLUMNS}
      >
        {(data ?? []).map((route) => (
          <RouteTableRow key={route.name} route={route} nameOf={nameOf} onDelete={() => setDeleting(route)} />
        ))}
      </ListPanel>
      {deleting !== null && <DeleteRouteDialog route={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}
