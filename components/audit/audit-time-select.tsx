'use client'

import { openOverlay } from '#components/shell/overlay-store.ts'
import { Select } from '#components/ui/select.tsx'
import { useZone } from '#lib/client/use-zone.ts'
import { capitalise } from '#lib/view/format.ts'
import { rangeInWords, TIME_RANGES } from '#lib/view/time-range.ts'
import { windowInWords } from '#lib/view/time-window.ts'
import styles from './audit-filters.module.css'
import { useAuditFilter } from './use-audit-filter.ts'

const ANY = 'any'
const FIXED = 'fixed'
const DATES = 'dates'

/** Of which time entries are shown: any, one that ends now, or from when to when. */
export function AuditTimeSelect() {
  const { filter, setRange } = useAuditFilter()
  const { time } = filter
  const { zone } = useZone()
  const isFixed = typeof time === 'object' && time !== null
  const fixed = isFixed ? [{ value: FIXED, label: windowInWords({ kind: 'past', ...time }, zone) }] : []
  return (
    <span className={styles.choice}>
      <Select
        label="Time"
        value={isFixed ? FIXED : (time ?? ANY)}
        onValueChange={(value) => {
          if (value === DATES) openOverlay('range')
          else if (value !== FIXED) setRange(value === ANY ? null : value)
        }}
        options={[
          { value: ANY, label: 'Any time' },
          ...fixed,
          ...TIME_RANGES.map((range) => ({ value: range, label: capitalise(rangeInWords(range)) })),
          { value: DATES, label: 'From … to …' },
        ]}
      />
    </span>
  )
}
