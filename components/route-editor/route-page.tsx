'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { routeForm } from '#lib/view/route-form.ts'
import { DeleteRouteDialog } from './delete-route-dialog.tsx'
import { RouteEditor } from './route-editor.tsx'

/** One stored route, to edit. */
export function RoutePage({ name }: { name: string }) {
  const router = useRouter()
  const { data: route, error } = useQuery(routingQueries.route(name))
  const [isDeleting, setDeleting] = useState(false)
  if (route === undefined) {
    return (
      <>
        <PageHeading title={name} />
        <Panel title="Route" minHeight={480} condition={waitingCondition(error)} />
      </>
    )
  }
  const path = encodeURIComponent(name)
  return (
    <>
      <PageHeading
        title={name}
        actions={
          <>
            <ButtonLink href={`/routing?tab=simulator&route=${path}#decisions`}>Simulate</ButtonLink>
            <ButtonLink needs="routes.write" href={`/settings/routes/new?from=${path}`}>
              Duplicate
            </ButtonLink>
            <Button needs="routes.write" onClick={() => setDeleting(true)}>
              Delete…
            </Button>
          </>
        }
      >
        Version {route.version}, since <Time at={route.updatedAt} show="full" />. Changes apply when saved.
      </PageHeading>
      <RouteEditor key={name} initial={routeForm(route)} route={route} />
      {isDeleting && (
        <DeleteRouteDialog
          route={route}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.replace('/settings/routes')}
        />
      )}
    </>
  )
}
