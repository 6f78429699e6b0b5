'use client'

import { useMutation } from '@tanstack/react-query'
import { DeleteKeyDialog } from '#components/settings/delete-key-dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { routingMutations } from '#lib/client/routing-mutations.ts'
import type { ClientKeyView } from '#lib/contract/client-key.ts'

type Props = { clientKey: ClientKeyView; isLast: boolean; onClose: () => void }

/** Asks before an application's key is deleted, and warns where it is the only one. */
export function DeleteClientKeyDialog({ clientKey, isLast, onClose }: Props) {
  const remove = useMutation(routingMutations.deleteClientKey(clientKey.id))
  return (
    <DeleteKeyDialog kept={clientKey} calls="Requests" remove={remove} onClose={onClose}>
      {isLast && (
        <Notice tone="warn" title="It is the only key">
          <p>Without any key, whoever reaches the gateway on this machine may use it.</p>
        </Notice>
      )}
    </DeleteKeyDialog>
  )
}
