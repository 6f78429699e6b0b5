'use client'

import { formatCount } from '#lib/view/format.ts'
import styles from './nav-links.module.css'
import { useFiringCount } from './use-firing-count.ts'

/** How many incidents want somebody now, beside the way to their page; nothing when none does. */
export function IncidentCount() {
  const firing = useFiringCount()
  if (firing === 0) return null
  return (
    <span className={styles.count}>
      {formatCount(firing)}
      <span className="visually-hidden"> firing</span>
    </span>
  )
}
