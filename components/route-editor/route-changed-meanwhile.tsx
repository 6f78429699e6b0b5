'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { BothSidesDialog } from '#components/settings/both-sides-dialog.tsx'
import { MeanwhileNotice } from '#components/settings/meanwhile-notice.tsx'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { rebaseRoute, routeConflicts, routeForm, type RouteForm } from '#lib/view/route-form.ts'

type Props = {
  stored: RouteConfig
  mine: () => RouteForm
  onChosen: (latest: RouteConfig, values: RouteForm) => void
}

/** Says that others changed the route since the form was opened, and shows both sides. */
export function RouteChangedMeanwhile({ stored, mine, onChosen }: Props) {
  const { data: latest } = useQuery(routingQueries.route(stored.name))
  const [isComparing, setComparing] = useState(false)
  if (latest === undefined || latest.version <= stored.version) return null
  const sides = () => ({ base: routeForm(stored), mine: mine(), theirs: routeForm(latest) })
  return (
    <>
      <MeanwhileNotice
        name={latest.name}
        latest={latest.version}
        began={stored.version}
        onCompare={() => setComparing(true)}
      />
      {isComparing && (
        <BothSidesDialog
          conflicts={routeConflicts(sides())}
          onOpenChange={setComparing}
          onTheirs={() => onChosen(latest, routeForm(latest))}
          onMine={() => onChosen(latest, rebaseRoute(sides()))}
        />
      )}
    </>
  )
}
