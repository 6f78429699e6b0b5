'use client'

import { useQuery } from '@tanstack/react-query'
import { useDataCondition } from '#components/providers/use-data-condition.ts'
import { PanelState } from '#components/ui/panel-state.tsx'
import { incidentQueries } from '#lib/client/incident-queries.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import { MOST_CHARTED } from '#lib/view/incident-view.ts'
import { IncidentAlerts } from './incident-alerts.tsx'
import { IncidentCharts } from './incident-charts.tsx'
import { IncidentFacts } from './incident-facts.tsx'
import { IncidentHeading } from './incident-heading.tsx'
import styles from './incident-page.module.css'
import { IncidentRoutes } from './incident-routes.tsx'
import { IncidentTimeline } from './incident-timeline.tsx'
import { POLL_MS } from './use-open-list.ts'

/** One incident: what is wrong, since when, who knows, what happened meanwhile, and what can be done. */
export function IncidentPage({ id }: { id: string }) {
  const { isPaused } = useLive()
  const { data, error } = useQuery({
    ...incidentQueries.incident(id),
    // What is over changes only by a note, which the stream tells of.
    refetchInterval: ({ state }) => (isPaused || state.data?.incident.state === 'resolved' ? false : POLL_MS),
  })
  const isPast = data?.incident.state === 'resolved'
  const condition = useDataCondition({ asOf: data?.asOf ?? null, error, isPast })
  if (data === undefined) return <PanelState condition={condition} minHeight={500} />
  const { incident } = data
  const isCharted = incident.providerIds.length > 0 && incident.providerIds.length <= MOST_CHARTED
  return (
    <div className={styles.page}>
      <IncidentHeading incident={incident} condition={condition} />
      <div className={styles.columns}>
        <div className={styles.facts}>
          <IncidentFacts incident={incident} />
        </div>
        <div className={styles.story}>
          <IncidentAlerts members={incident.members} condition={condition} />
          <IncidentTimeline incident={incident} condition={condition} />
        </div>
        <div className={styles.rest}>
          <IncidentRoutes routes={incident.routes} condition={condition} />
        </div>
      </div>
      {isCharted && <IncidentCharts incident={incident} />}
    </div>
  )
}
