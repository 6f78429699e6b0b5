'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ChartCard } from '#components/charts/chart-card.tsx'
import { HistoryStack } from '#components/providers/history-stack.tsx'
import { useProviderHistory } from '#components/providers/use-provider-history.ts'
import { PanelState } from '#components/ui/panel-state.tsx'
import { Segments } from '#components/ui/segments.tsx'
import { useClock } from '#lib/client/clock.ts'
import { queries } from '#lib/client/queries.ts'
import { failureFacts } from '#lib/client/request-error.ts'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { incidentWindow } from '#lib/view/incident-view.ts'
import { windowInWords, windowQuery } from '#lib/view/time-window.ts'
import styles from './incident-charts.module.css'

/** The charts of the incident's providers, one at a time, from a little before it to a little after its end. */
export function IncidentCharts({ incident }: { incident: IncidentDetail }) {
  const { zone } = useZone()
  const names = useProviderNames()
  const [chosen, setChosen] = useState<string | null>(null)
  const providerId = incident.providerIds.find((id) => id === chosen) ?? incident.providerIds[0] ?? ''
  const from = useClock((now) => incidentWindow(incident, now).from)
  const to = useClock((now) => incidentWindow(incident, now).to)
  const name = names[providerId] ?? providerId
  return (
    <section aria-labelledby="incident-charts">
      <ChartCard
        bar={
          <div className={styles.bar}>
            <h2 id="incident-charts">{name} in this time</h2>
            {incident.providerIds.length > 1 && (
              <Segments
                label="Provider"
                value={providerId}
                onValueChange={setChosen}
                choices={incident.providerIds.map((id) => ({ value: id, label: names[id] ?? id }))}
              />
            )}
            <span className={styles.window}>{windowInWords({ kind: 'past', from, to }, zone)}</span>
          </div>
        }
      >
        <ProviderCharts key={providerId} providerId={providerId} from={from} to={to} />
      </ChartCard>
    </section>
  )
}

type Stretch = { providerId: string; from: number; to: number }

function ProviderCharts({ providerId, from, to }: Stretch) {
  const { data, error } = useQuery(queries.provider(providerId))
  if (data !== undefined) return <Charts detail={data} from={from} to={to} />
  const failure = failureFacts(error)
  return (
    <PanelState
      condition={failure === null ? { kind: 'loading' } : { kind: 'failed', ...failure }}
      minHeight={failure === null ? 760 : 96}
    />
  )
}

function Charts({ detail, from, to }: { detail: ProviderDetail; from: number; to: number }) {
  const router = useRouter()
  const { id } = detail.provider
  const history = useProviderHistory({
    providerId: id,
    window: { kind: 'past', from, to },
    intervalMs: detail.snapshot.intervalMs,
    source: null,
    withGhost: false,
  })
  // A closer look is the provider's own page, at that time.
  const zoom = (window: { from: number; to: number }) => {
    const query = new URLSearchParams(
      windowQuery({ kind: 'past', ...window }).map(([name, value]) => [name, value]),
    )
    router.push(`/providers/${encodeURIComponent(id)}?${query.toString()}`)
  }
  return <HistoryStack detail={detail} history={history} onZoom={zoom} onZoomOut={null} />
}
