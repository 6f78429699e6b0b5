'use client'

import { useMutation } from '@tanstack/react-query'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { apiKeyMutations } from '#lib/client/api-key-queries.ts'
import type { ApiKeyView } from '#lib/contract/api-key.ts'

type Props = { apiKey: ApiKeyView; onClose: () => void }

/** Asks before a key is deleted: the machine that still sends it is refused from then on. */
export function DeleteApiKeyDialog({ apiKey: { id, name, prefix }, onClose }: Props) {
  const remove = useMutation(apiKeyMutations.delete(id))
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Delete key ${name}`}
      description={`Calls that carry ${prefix}… are refused with 401 at once. It cannot be brought back.`}
      action="Delete"
      pendingAction="Deleting…"
      danger
      pending={remove.isPending}
      error={remove.error}
      onAction={() =>
        remove.mutate(
          {},
          {
            onSuccess: ({ persisted }) => {
              toasts.add({ title: `Key ${name} is deleted`, description: persistedNote(persisted) })
              onClose()
            },
          },
        )
      }
    />
  )
}
