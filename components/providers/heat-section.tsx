'use client'

import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { chartFile } from '#components/charts/chart-file.ts'
import { ChartSection } from '#components/charts/chart-section.tsx'
import { HeatStrip } from '#components/charts/heat-strip.tsx'
import { Legend, type LegendItem } from '#components/charts/legend.tsx'
import { useClock } from '#lib/client/clock.ts'
import { useLive } from '#lib/client/live/live-store.ts'
import { providerQueries } from '#lib/client/provider-queries.ts'
import { showWindow } from '#lib/client/use-time-window.ts'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import type { OutcomeSource } from '#lib/domain/outcome.ts'
import { formatPercent, plural } from '#lib/view/format.ts'
import { heatFigures, heatParts, heatView } from '#lib/view/heat-view.ts'
import { thresholdNumber } from '#lib/view/thresholds-in-force-view.ts'
import type { TimeWindow } from '#lib/view/time-window.ts'
import { useDataCondition } from './use-data-condition.ts'

const QUARTER = 900_000
const POLL_MS = 60_000
const ROW_HEIGHT = 20

type Props = { detail: ProviderDetail; window: TimeWindow; source: OutcomeSource | null }

/** Success by quarters of an hour over days, so that what comes back at the same hour is seen. */
export function HeatSection({ detail, window, source }: Props) {
  const { snapshot, thresholds } = detail
  const { isPaused } = useLive()
  const quarter = useClock((now) => (Math.floor(now / QUARTER) + 1) * QUARTER)
  const parts = useMemo(() => heatParts(window, quarter), [window, quarter])
  const { histories, error } = useQueries({
    queries: parts.map((part) => ({
      ...providerQueries.heat(snapshot.id, part, source),
      refetchInterval: !part.isOver && !isPaused ? POLL_MS : (false as const),
    })),
    combine: (results) => ({
      histories: results.map(({ data }) => data ?? null),
      error: results.find((result) => result.error !== null)?.error ?? null,
    }),
  })
  const limits = useMemo(
    () => ({
      failoverThreshold: thresholdNumber(thresholds, 'health', 'failoverThreshold') ?? 0,
      degradedSuccessRate: thresholdNumber(thresholds, 'health', 'degradedSuccessRate') ?? 0,
    }),
    [thresholds],
  )
  const view = useMemo(
    () =>
      heatView(
        parts.map((part, i) => ({ part, history: histories[i] ?? null })),
        limits,
        quarter,
      ),
    [parts, histories, limits, quarter],
  )
  const read = histories.filter((history) => history !== null)
  const missing = parts.length - read.length
  const condition = useDataCondition({
    asOf: read.at(-1)?.to ?? null,
    error,
    // It is asked for once a minute and tells of days.
    isPast: true,
    missing:
      error !== null && missing > 0 ? `${plural(missing, 'part')} of these days could not be read.` : null,
  })
  const legend = legendOf(limits)
  const from = parts[0]?.from ?? quarter
  return (
    <ChartSection
      title="Days"
      level={2}
      summary={view.summary}
      meta={<Legend items={legend} />}
      condition={
        condition.kind === 'ready' && !view.hasData && missing === 0
          ? { kind: 'no_traffic', text: `No calls in these ${plural(view.rows.length, 'day')}.` }
          : condition
      }
      height={view.rows.length * ROW_HEIGHT + 42}
      table={view.table}
      file={chartFile(
        { from, to: quarter, ticks: [], bucketWords: 'a row a day', zone: 'UTC' },
        { what: [snapshot.name, 'days'], legend },
        () => heatFigures(histories),
      )}
    >
      <HeatStrip view={view} onOpen={showWindow} />
    </ChartSection>
  )
}

const legendOf = (limits: { failoverThreshold: number; degradedSuccessRate: number }): LegendItem[] => [
  { label: 'all succeeded', colour: 'var(--healthy)', mark: 'line' },
  {
    label: `${formatPercent(limits.degradedSuccessRate)} or more`,
    colour: 'var(--healthy)',
    mark: 'block',
  },
  { label: `${formatPercent(limits.failoverThreshold)} or more`, colour: 'var(--degraded)', mark: 'hatch' },
  { label: 'less', colour: 'var(--unhealthy)', mark: 'block' },
]
