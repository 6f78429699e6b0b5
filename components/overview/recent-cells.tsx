'use client'

import { useQuery } from '@tanstack/react-query'
import { memo, useMemo } from 'react'
import { Sparkline } from '#components/charts/sparkline.tsx'
import { queries } from '#lib/client/queries.ts'
import type { RecentCheck } from '#lib/contract/monitor.ts'
import { CHECK_SLOTS } from '#lib/view/check-strip-view.ts'
import { formatMs } from '#lib/view/format.ts'
import { miniStripView } from '#lib/view/mini-strip-view.ts'
import { sparklineView } from '#lib/view/sparkline-view.ts'
import { MiniStrip } from './mini-strip.tsx'
import styles from './provider-row.module.css'

const NONE: RecentCheck[] = []

function latencyLine(recent: readonly RecentCheck[]) {
  const missing = Array.from({ length: CHECK_SLOTS - recent.length }, () => null)
  const latencies = recent.map(([, outcomeClass, latencyMs]) => (outcomeClass === 'ok' ? latencyMs : null))
  return sparklineView({ values: [...missing, ...latencies], name: 'Latency', words: formatMs })
}

type Props = { id: string; name: string; tone: string }

/** The last checks of a row on the screen: their latency as a line, and each as a bar. */
export const RecentCells = memo(function RecentCells({ id, name, tone }: Props) {
  const { data: recent = NONE } = useQuery(queries.recent(id))
  const line = useMemo(() => latencyLine(recent), [recent])
  const strip = useMemo(() => miniStripView(recent), [recent])
  return (
    <>
      <div role="cell" className={styles.sparkline} style={{ color: `var(--${tone})` }}>
        <Sparkline view={line} height={26} label={name} />
      </div>
      <div role="cell" className={styles.strip}>
        <MiniStrip view={strip} label={name} />
      </div>
    </>
  )
})
