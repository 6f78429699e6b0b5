'use client'

import { withQuery } from '#lib/client/api.ts'
import { addressOf } from '#lib/client/base-path.ts'
import { useClock } from '#lib/client/clock.ts'
import { EXPORT_FORMATS } from '#lib/contract/export.ts'
import styles from './export-links.module.css'

type Props = {
  what: 'checks' | 'history' | 'transitions' | 'audit'
  /** A fixed stretch, or so far back from now, epoch ms; null: of any time. */
  window: { from: number; to: number } | { backMs: number } | null
  filter?: Record<string, string | null>
}

const MINUTE_MS = 60_000

/** Downloads of what is shown, as a table and as a list. */
export function ExportLinks({ what, window, filter = {} }: Props) {
  // A link that changed each second would be drawn for nothing.
  const minute = useClock((now) => Math.floor(now / MINUTE_MS) * MINUTE_MS)
  const range = window !== null && 'backMs' in window ? { from: minute - window.backMs } : window
  return (
    <span className={styles.links}>
      {EXPORT_FORMATS.map((format) => (
        <a
          key={format}
          href={addressOf(withQuery(`/api/export/${what}`, { format, ...filter, ...range }))}
          download
          aria-label={`Download ${what} as ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  )
}
