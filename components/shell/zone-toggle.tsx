'use client'

import { useClock } from '#lib/client/clock.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { zoneWords } from '#lib/view/format.ts'
import styles from './top-bar.module.css'

/** Switches all times between UTC and the browser's zone; shows which is in use. */
export function ZoneToggle() {
  const { zone, toggleZone } = useZone()
  const name = useClock((now) => zoneWords(now, zone))
  const next = zone === 'UTC' ? 'local time' : 'UTC'
  return (
    <button type="button" className={styles.button} title={`Show times in ${next}`} onClick={toggleZone}>
      <span className="visually-hidden">Times in </span>
      {name}
    </button>
  )
}
