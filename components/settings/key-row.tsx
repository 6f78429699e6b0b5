import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Duration } from '#components/ui/duration.tsx'
import type { Permission } from '#lib/domain/access/roles.ts'
import styles from './list-panel.module.css'
import { RowHead } from './row-head.tsx'

type Props = {
  kept: { name: string; prefix: string; lastUsedAt: string | null }
  /** By whom and when it was made. */
  made: ReactNode
  /** What its user must be allowed to in order to delete it. */
  needs?: Permission
  /** The cells between. */
  children: ReactNode
  onDelete: () => void
}

/** One key: whose, what it may do, and when it was used. */
export function KeyRow({ kept: { name, prefix, lastUsedAt }, made, needs, children, onDelete }: Props) {
  return (
    <tr data-actions="words">
      <RowHead name={name} wraps>
        <code>{prefix}…</code> · made {made}
      </RowHead>
      {children}
      <td data-label="Last used">
        {lastUsedAt === null ? (
          <span className={styles.quiet}>never</span>
        ) : (
          <Duration at={lastUsedAt} show="ago" />
        )}
      </td>
      <td className={styles.actions}>
        <Button
          {...(needs === undefined ? {} : { needs })}
          variant="quiet"
          size="small"
          aria-label={`Delete key ${name}`}
          onClick={onDelete}
        >
          Delete…
        </Button>
      </td>
    </tr>
  )
}
