'use client'

import { useQuery } from '@tanstack/react-query'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { queries } from '#lib/client/queries.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { newRouteForm, routeForm, routeOverAll } from '#lib/view/route-form.ts'
import { RouteEditor } from './route-editor.tsx'

type Props = {
  /** Begin with every enabled provider as a member. */
  isOverAll: boolean
  /** Begin with a copy of that route. */
  from: string | null
}

/** A new route: empty, over all providers, or like another one. */
export function NewRoutePage({ isOverAll, from }: Props) {
  const { data: providers, error } = useQuery({ ...queries.providers(), enabled: isOverAll })
  const like = useQuery({ ...routingQueries.route(from ?? ''), enabled: from !== null })
  const original = like.data
  const isWaiting = (isOverAll && providers === undefined) || (from !== null && original === undefined)
  return (
    <>
      <PageHeading title="Add a route">{wordsOf({ isOverAll, from })}</PageHeading>
      {isWaiting ? (
        <Panel title="Requests" condition={waitingCondition(error ?? like.error)} minHeight={480} />
      ) : (
        <RouteEditor
          key={`${from ?? ''} ${isOverAll}`}
          initial={
            original !== undefined
              ? { ...routeForm(original), name: '' }
              : providers !== undefined
                ? routeOverAll(providers)
                : newRouteForm()
          }
          route={null}
        />
      )}
    </>
  )
}

function wordsOf({ isOverAll, from }: Props): string {
  if (from !== null) return `Like ${from}, under another name.`
  return isOverAll
    ? 'Over every enabled provider, for each model that one of them is known to serve. Nothing is in force before you save.'
    : 'Which models it takes, who may serve them, and how one of them is chosen.'
}
