'use client'

import { useMutation } from '@tanstack/react-query'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { routingMutations } from '#lib/client/routing-mutations.ts'
import type { ClientKeyView } from '#lib/contract/client-key.ts'

type Props = { clientKey: ClientKeyView; isLast: boolean; onClose: () => void }

/** Asks before a key is deleted: whoever still sends it is refused from then on. */
export function DeleteClientKeyDialog({ clientKey, isLast, onClose }: Props) {
  const { id, name, prefix } = clientKey
  const remove = useMutation(routingMutations.deleteClientKey(id))
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Delete key ${name}`}
      description={`Requests that carry ${prefix}… are refused with 401 at once. It cannot be brought back.`}
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
    >
      {isLast && (
        <Notice tone="warn" title="It is the only key">
          <p>Without any key, whoever reaches the gateway on this machine may use it.</p>
        </Notice>
      )}
    </ActionDialog>
  )
}
