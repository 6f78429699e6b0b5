'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Duration } from '#components/ui/duration.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { queries } from '#lib/client/queries.ts'
import { activeOverrides } from '#lib/view/active-overrides.ts'
import { plural } from '#lib/view/format.ts'
import styles from './top-bar.module.css'

/** How many circuits operators hold, and when the first is let go; nothing when there are none. */
export function OverridesChip() {
  const { data } = useQuery({ ...queries.monitor(), select: activeOverrides })
  if (!data?.firstEnd) return null
  return (
    <Link href="/circuits" className={styles.chip}>
      <StatusIcon state="override" size={14} />
      <span>
        {data.count}
        <span className={styles.wide}>
          {' '}
          {plural(data.count, 'override').slice(String(data.count).length + 1)} ·{' '}
          <Duration at={data.firstEnd} show="leftRoughly" /> left
        </span>
      </span>
    </Link>
  )
}
