'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ChartCard } from '#components/charts/chart-card.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import { useLive } from '#lib/client/live/live-store.ts'
import { queries } from '#lib/client/queries.ts'
import { useTimeWindow } from '#lib/client/use-time-window.ts'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { agreementWords } from '#lib/view/provider-view.ts'
import { thresholdsInForceView } from '#lib/view/thresholds-in-force-view.ts'
import { CircuitPanel } from './circuit-panel.tsx'
import { ErrorsPanel } from './errors-panel.tsx'
import { HeatSection } from './heat-section.tsx'
import { HistoryStack } from './history-stack.tsx'
import { ModelCircuits } from './model-circuits.tsx'
import { ProviderHeading } from './provider-heading.tsx'
import styles from './provider-page.module.css'
import { ProviderTabs } from './provider-tabs.tsx'
import { RangeBar, useGhostChoice, useSource } from './range-bar.tsx'
import { ThresholdsPanel } from './thresholds-panel.tsx'
import { TrafficPanel } from './traffic-panel.tsx'
import { useDataCondition } from './use-data-condition.ts'
import { useErrors } from './use-errors.ts'
import { useProviderHistory } from './use-provider-history.ts'
import { useZoomWithHistory } from './use-zoom-with-history.ts'

const POLL_MS = 10_000

/** One provider: how it is, why, since when, and what can be done. */
export function ProviderPage({ providerId }: { providerId: string }) {
  const { isPaused } = useLive()
  const { data, error } = useQuery({
    ...queries.provider(providerId),
    refetchInterval: isPaused ? false : POLL_MS,
  })
  const condition = useDataCondition({ asOf: data?.asOf ?? null, error })
  if (!data) return <PanelState condition={condition} minHeight={600} />
  return <Known detail={data} error={error} />
}

function Known({ detail, error }: { detail: ProviderDetail; error: Error | null }) {
  const { snapshot, provider, thresholds } = detail
  const { window, zoomOut } = useTimeWindow()
  const [source] = useSource()
  const [withGhost] = useGhostChoice()
  const history = useProviderHistory({
    providerId: provider.id,
    window,
    intervalMs: snapshot.intervalMs,
    source,
    withGhost,
  })
  const zoom = useZoomWithHistory({ providerId: provider.id, intervalMs: snapshot.intervalMs, source })
  const errors = useErrors(provider.id, window, history.all)
  const inForce = useMemo(() => thresholdsInForceView(thresholds), [thresholds])
  const now = useDataCondition({ asOf: detail.asOf, error })
  const past = useDataCondition({
    asOf: history.all?.to ?? null,
    error: errors.error ?? history.error,
    isPast: history.isPast,
  })
  const { all, active } = history
  const agreement = all && active ? agreementWords(all.buckets, active.buckets, snapshot.minSamples) : null
  const errorsCondition =
    errors.isLoading && errors.newest.length === 0 ? ({ kind: 'loading' } as const) : past

  return (
    <div className={styles.page}>
      <ProviderHeading detail={detail} agreement={agreement} />
      <div className={styles.columns}>
        <div className={styles.circuit}>
          <CircuitPanel detail={detail} condition={now} />
        </div>
        <div className={styles.stack}>
          <ChartCard bar={<RangeBar providerId={provider.id} window={window} onZoomOut={zoomOut} />}>
            <HistoryStack detail={detail} history={history} onZoom={zoom} onZoomOut={zoomOut} />
          </ChartCard>
          <ChartCard>
            <HeatSection detail={detail} window={window} source={source} />
          </ChartCard>
        </div>
        <div className={styles.rest}>
          <TrafficPanel snapshot={snapshot} />
          <ModelCircuits detail={detail} history={history} condition={now} />
          <ErrorsPanel view={errors.view} condition={errorsCondition} />
          <ThresholdsPanel view={inForce} providerId={provider.id} condition={now} />
        </div>
      </div>
      <ProviderTabs
        detail={detail}
        window={window}
        errors={{ view: errors.view, newest: errors.newest, condition: errorsCondition }}
        happenings={{ data: history.happenings, condition: past }}
        thresholds={inForce}
      />
    </div>
  )
}
