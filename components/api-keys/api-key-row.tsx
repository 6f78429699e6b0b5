'use client'

import { KeyRow } from '#components/settings/key-row.tsx'
import styles from '#components/settings/list-panel.module.css'
import { Duration } from '#components/ui/duration.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { Time } from '#components/ui/time.tsx'
import { useClock } from '#lib/client/clock.ts'
import type { ApiKeyView } from '#lib/contract/api-key.ts'
import { isExpired, SCOPE_WORDS } from '#lib/view/api-key-form.ts'

/** One key of a machine: what for, and until when. */
export function ApiKeyRow({ apiKey, onDelete }: { apiKey: ApiKeyView; onDelete: () => void }) {
  const { scopes, createdBy, createdAt, expiresAt } = apiKey
  const made = (
    <>
      by {createdBy}, <Time at={createdAt} show="full" />
    </>
  )
  return (
    <KeyRow kept={apiKey} made={made} onDelete={onDelete}>
      <td data-label="Purposes">{scopes.map((scope) => SCOPE_WORDS[scope].label).join(', ')}</td>
      <td data-label="Expires">
        {expiresAt === null ? <span className={styles.quiet}>never</span> : <End at={expiresAt} />}
      </td>
    </KeyRow>
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
