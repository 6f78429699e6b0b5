import styles from '#components/settings/list-panel.module.css'
import { RowHead } from '#components/settings/row-head.tsx'
import { Button } from '#components/ui/button.tsx'
import { Duration } from '#components/ui/duration.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ClientKeyView } from '#lib/contract/client-key.ts'
import { clientKeyWords } from '#lib/view/client-key-form.ts'

/** One key: whose, what it may do, and when it was used. */
export function ClientKeyRow({ clientKey, onDelete }: { clientKey: ClientKeyView; onDelete: () => void }) {
  const { name, prefix, createdAt, lastUsedAt } = clientKey
  const words = clientKeyWords(clientKey)
  return (
    <tr data-actions="words">
      <RowHead name={name}>
        <code>{prefix}…</code> · made <Time at={createdAt} show="full" />
      </RowHead>
      <td data-label="Routes">{words.routes}</td>
      <td data-label="Limits">{words.limits}</td>
      <td data-label="Last used">
        {lastUsedAt === null ? (
          <span className={styles.quiet}>never</span>
        ) : (
          <Duration at={lastUsedAt} show="ago" />
        )}
      </td>
      <td className={styles.actions}>
        <Button
          needs="client-keys.write"
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
