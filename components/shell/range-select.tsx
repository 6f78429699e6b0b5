'use client'

import { usePathname } from 'next/navigation'
import { showRange, useTimeWindow } from '#lib/client/use-time-window.ts'
import { parseTimeRange, rangeInWords, TIME_RANGES } from '#lib/view/time-range.ts'
import { capitalise } from '#lib/view/format.ts'
import { openOverlay } from './overlay-store.ts'
import { pageOf } from './pages.ts'
import styles from './top-bar.module.css'

/** The choice that opens the dialog with a begin and an end. */
const DATES = 'dates'

/** Settings and profiles have no time, incidents their own, and the audit, which is of any time at first, asks for one itself. */
const WITHOUT_RANGE: readonly (string | null)[] = ['/settings', '/audit', '/incidents', null]

/** The time range of everything on the page that has one; kept in the URL. */
export function RangeSelect() {
  const { window } = useTimeWindow()
  if (WITHOUT_RANGE.includes(pageOf(usePathname()))) return null
  const isLive = window.kind === 'live'
  return (
    <label className={styles.select}>
      <span className="visually-hidden">Time range</span>
      <select
        value={isLive ? window.range : 'fixed'}
        onChange={({ target }) => {
          if (target.value === DATES) openOverlay('range')
          else showRange(parseTimeRange(target.value))
        }}
      >
        {!isLive && (
          <option value="fixed" hidden>
            Fixed range
          </option>
        )}
        {TIME_RANGES.map((range) => (
          <option key={range} value={range}>
            {capitalise(rangeInWords(range))}
          </option>
        ))}
        <option value={DATES}>From … to …</option>
      </select>
    </label>
  )
}
