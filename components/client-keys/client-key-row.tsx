import { KeyRow } from '#components/settings/key-row.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ClientKeyView } from '#lib/contract/client-key.ts'
import { clientKeyWords } from '#lib/view/client-key-form.ts'

/** One key of an application: which routes it may use, and how much. */
export function ClientKeyRow({ clientKey, onDelete }: { clientKey: ClientKeyView; onDelete: () => void }) {
  const words = clientKeyWords(clientKey)
  return (
    <KeyRow
      kept={clientKey}
      made={<Time at={clientKey.createdAt} show="full" />}
      needs="client-keys.write"
      onDelete={onDelete}
    >
      <td data-label="Routes">{words.routes}</td>
      <td data-label="Limits">{words.limits}</td>
    </KeyRow>
  )
}
