'use client'

import { usePathname } from 'next/navigation'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { DEFAULT_RANGE, parseTimeRange, rangeInWords, TIME_RANGES } from '#lib/view/time-range.ts'
import { capitalise } from '#lib/view/format.ts'
import { pageOf } from './pages.ts'
import styles from './top-bar.module.css'

/** A chosen range ends a zoom. */
const ZOOM = ['from', 'to'] as const

/** The time range of everything on the page that has one; kept in the URL. */
export function RangeSelect() {
  const [text, setRange] = useUrlState('range', ZOOM)
  if (pageOf(usePathname()) === '/settings') return null
  return (
    <label className={styles.select}>
      <span className="visually-hidden">Time range</span>
      <select
        value={parseTimeRange(text)}
        onChange={({ target }) => setRange(target.value === DEFAULT_RANGE ? null : target.value)}
      >
        {TIME_RANGES.map((range) => (
          <option key={range} value={range}>
            {capitalise(rangeInWords(range))}
          </option>
        ))}
      </select>
    </label>
  )
}
