'use client'

import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { toasts } from '#components/ui/toasts.ts'

type Props = {
  kept: { name: string; prefix: string }
  /** What carries it. */
  calls: 'Calls' | 'Requests'
  remove: UseMutationResult<{ persisted: boolean }, Error, { reason?: string }>
  children?: ReactNode
  onClose: () => void
}

/** Asks before a key is deleted: whoever still sends it is refused from then on. */
export function DeleteKeyDialog({ kept: { name, prefix }, calls, remove, children, onClose }: Props) {
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Delete key ${name}`}
      description={`${calls} that carry ${prefix}… are refused with 401 at once. It cannot be brought back.`}
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
      {children}
    </ActionDialog>
  )
}
