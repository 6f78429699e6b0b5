'use client'

import { useQuery } from '@tanstack/react-query'
import { CheckStrip } from '#components/charts/check-strip.tsx'
import { Sparkline } from '#components/charts/sparkline.tsx'
import { queries } from '#lib/client/queries.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { ProviderRow, RecentCheck } from '#lib/contract/monitor.ts'
import { CHECK_SLOTS, checkStripView } from '#lib/view/check-strip-view.ts'
import { formatMs } from '#lib/view/format.ts'
import { sparklineView } from '#lib/view/sparkline-view.ts'
import styles from './provider-row.module.css'

const NONE: RecentCheck[] = []

/** The last checks of a row on the screen: their latency as a line, and each as a bar. */
export function RecentCells({ row, tone }: { row: ProviderRow; tone: string }) {
  const { data: recent = NONE } = useQuery(queries.recent(row.id))
  const { zone } = useZone()
  const now = Date.parse(recent.at(-1)?.[0] ?? row.since)
  const missing = Array.from({ length: CHECK_SLOTS - recent.length }, () => null)
  const latencies = recent.map(([, outcomeClass, latencyMs]) => (outcomeClass === 'ok' ? latencyMs : null))
  return (
    <>
      <div role="cell" className={styles.sparkline} style={{ color: `var(--${tone})` }}>
        <Sparkline
          view={sparklineView({ values: [...missing, ...latencies], name: 'Latency', words: formatMs })}
          height={26}
          label={row.name}
        />
      </div>
      <div role="cell" className={styles.strip}>
        <CheckStrip view={checkStripView(recent, { now, zone })} height={22} label={row.name} />
      </div>
    </>
  )
}
