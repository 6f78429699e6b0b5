'use client'

import { useQuery } from '@tanstack/react-query'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { queries } from '#lib/client/queries.ts'
import { selfHealthWords } from '#lib/view/self-health.ts'
import styles from './top-bar.module.css'

/** Whether the monitor itself is well; says nothing about any provider. */
export function SelfHealthSign() {
  const { data, isError } = useQuery(queries.health())
  if (!data || isError) return null
  const words = selfHealthWords(data)
  return (
    <span className={styles.self} title={words}>
      <StatusIcon state={data.status === 'ok' ? 'healthy' : 'degraded'} size={14} label={words} />
    </span>
  )
}
