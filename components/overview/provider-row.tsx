'use client'

import Link from 'next/link'
import { memo, type CSSProperties } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import { Duration } from '#components/ui/duration.tsx'
import lines from '#components/ui/lines.module.css'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { ProviderRow as Row } from '#lib/contract/monitor.ts'
import { providerRowView, type CircuitCell, type SuccessCell } from '#lib/view/provider-row-view.ts'
import styles from './provider-row.module.css'
import { RecentCells } from './recent-cells.tsx'
import { TrafficCell } from './traffic-cell.tsx'

type Props = {
  row: Row
  /** Success below this fails over, 0..1; null while it is not known. */
  threshold: number | null
  /** Whether it should have been checked again by now. */
  isLate: boolean
  /** The row's number in the whole list, the head being 1. */
  index: number
  style?: CSSProperties
}

/** One provider: what it is, why, and how its last hour went. */
export const ProviderRow = memo(function ProviderRow({ row, threshold, isLate, index, style }: Props) {
  const view = providerRowView(row, threshold)
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={classNames(styles.row, isLate && styles.late, !row.enabled && styles.disabled)}
      style={style}
    >
      <div role="cell" className={styles.name}>
        <StatusIcon state={isLate ? 'unknown' : view.icon} />
        <div className={styles.words}>
          <Link
            className={classNames(lines.link, styles.link)}
            href={`/providers/${encodeURIComponent(row.id)}`}
            data-row-link
            prefetch={false}
            title={view.reason}
          >
            {row.name}
          </Link>
          <p className={styles.reason}>
            {isLate ? <Late row={row} /> : view.reason}
            {row.enabled && !isLate && (
              <span className={styles.since}>
                {' · for\u00a0'}
                <Duration at={row.since} show="roughly" />
              </span>
            )}
          </p>
        </div>
      </div>
      <Success cell={view.success} threshold={threshold} />
      <div role="cell" className={styles.latency}>
        {view.p50} <span className={styles.dim}>/</span> {view.p95}
      </div>
      <RecentCells id={row.id} name={row.name} tone={view.sparkTone} />
      <Circuit cell={view.circuit} />
      <TrafficCell lastHour={row.lastHour} />
    </div>
  )
})

function Late({ row }: { row: Row }) {
  return (
    <>
      Overdue:{' '}
      {row.lastCheckAt === null ? (
        'never checked'
      ) : (
        <>
          no check for <Duration at={row.lastCheckAt} show="roughly" />
        </>
      )}
      . It last was: {row.status}
    </>
  )
}

function Success({ cell, threshold }: { cell: SuccessCell; threshold: number | null }) {
  return (
    <div role="cell" className={styles.success}>
      {cell.text} <span className={styles.dim}>{cell.calls}</span>
      <span className={styles.bar} aria-hidden>
        {cell.share !== null && <i data-below={cell.isBelow} style={{ width: `${cell.share * 100}%` }} />}
        {threshold !== null && <b style={{ left: `${threshold * 100}%` }} />}
      </span>
      {cell.isBelow && <span className="visually-hidden">below the threshold</span>}
    </div>
  )
}

function Circuit({ cell }: { cell: CircuitCell }) {
  return (
    <div role="cell" className={styles.circuit} data-strong={cell.isStrong}>
      <span className={styles.state}>
        {cell.isStrong && <StatusIcon state={cell.icon} size={14} />}
        {cell.title}
      </span>
      {(cell.until !== null || cell.note !== null) && (
        <span className={styles.until}>
          {cell.until !== null && (
            <>
              {cell.until.before}
              <Duration at={cell.until.at} show="left" />
              {cell.until.after}
            </>
          )}
          {cell.until !== null && cell.note !== null && ' · '}
          {cell.note}
        </span>
      )}
    </div>
  )
}
