'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { ProviderRow as Row } from '#lib/contract/monitor.ts'
import { useMediaQuery } from '#lib/client/use-media-query.ts'
import { isOverdue } from '#lib/view/freshness.ts'
import { ProviderRow } from './provider-row.tsx'
import styles from './provider-table.module.css'

const ROW_PX = 58
const PHONE_ROW_PX = 64
const PHONE = '(max-width: 640px)'

/** A long list in a box of its own that scrolls; only what is on the screen is drawn, on the server as well. */
export function VirtualRows({
  rows,
  thresholdOf,
  asOf,
}: {
  rows: readonly Row[]
  thresholdOf: (providerId: string) => number | null
  asOf: number
}) {
  const rowPx = useMediaQuery(PHONE) ? PHONE_ROW_PX : ROW_PX
  const box = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing made of its functions is memoised here
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    initialRect: { width: 1_200, height: 640 },
  })
  return (
    <div ref={box} className={styles.box} tabIndex={0} role="rowgroup" aria-label="Providers, scrolls">
      <div className={styles.length} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, size, key }) => {
          const row = rows[index]
          return (
            row && (
              <ProviderRow
                key={key}
                row={row}
                index={index + 2}
                threshold={thresholdOf(row.id)}
                isLate={isOverdue(row, asOf)}
                style={{ position: 'absolute', insetInline: 0, top: start, height: size }}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
