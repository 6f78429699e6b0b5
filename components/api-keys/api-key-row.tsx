'use client'

import styles from '#components/settings/list-panel.module.css'
import { RowHead } from '#components/settings/row-head.tsx'
import { Button } from '#components/ui/button.tsx'
import { Duration } from '#components/ui/duration.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { Time } from '#components/ui/time.tsx'
import { useClock } from '#lib/client/clock.ts'
import type { ApiKeyView } from '#lib/contract/api-key.ts'
import { isExpired, SCOPE_WORDS } from '#lib/view/api-key-form.ts'

/** One key: whose, what for, until when, and when it was used. */
export function ApiKeyRow({ apiKey, onDelete }: { apiKey: ApiKeyView; onDelete: () => void }) {
  const { name, prefix, scopes, createdBy, createdAt, expiresAt, lastUsedAt } = apiKey
  return (
    <tr data-actions="words">
      <RowHead name={name}>
        <code>{prefix}…</code> · made by {createdBy}, <Time at={createdAt} show="full" />
      </RowHead>
      <td data-label="Purposes">{scopes.map((scope) => SCOPE_WORDS[scope].label).join(', ')}</td>
      <td data-label="Expires">
        {expiresAt === null ? <span className={styles.quiet}>never</span> : <End at={expiresAt} />}
      </td>
      <td data-label="Last used">
        {lastUsedAt === null ? (
          <span className={styles.quiet}>never</span>
        ) : (
          <Duration at={lastUsedAt} show="ago" />
        )}
      </td>
      <td className={styles.actions}>
        <Button variant="quiet" size="small" aria-label={`Delete key ${name}`} onClick={onDelete}>
          Delete…
        </Button>
      </td>
    </tr>
  )
}

function End({ at }: { at: string }) {
  const isOver = useClock((now) => isExpired(at, now))
  if (isOver) return <Pill tone="warning">expired</Pill>
  return (
    <>
      in{'\u00a0'}
      <Duration at={at} show="leftRoughly" />
    </>
  )
}
