'use client'

import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { reasonSchema } from '#lib/contract/settings.ts'

type Props = {
  /** With its article and name: `alert rule Provider down`. */
  what: string
  /** What is so from then on. */
  effect: string
  remove: UseMutationResult<{ persisted: boolean }, Error, { reason?: string }>
  onClose: () => void
  onDeleted: () => void
}

/** Asks before something is deleted, and for a reason, which may be left out. */
export function DeleteWithReason({ what, effect, remove, onClose, onDeleted }: Props) {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)

  const submit = () => {
    const given = reason.trim() === '' ? {} : { reason }
    const complaint = 'reason' in given ? reasonSchema.safeParse(reason).error?.issues[0]?.message : undefined
    setError(complaint)
    if (complaint !== undefined) return
    remove.mutate(given, {
      onSuccess: ({ persisted }) => {
        toasts.add({ title: `Deleted: ${what}`, description: persistedNote(persisted) })
        onClose()
        onDeleted()
      },
    })
  }

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Delete ${what}`}
      description={effect}
      action="Delete"
      pendingAction="Deleting…"
      danger
      pending={remove.isPending}
      error={remove.error}
      onAction={submit}
    >
      <ReasonField value={reason} onValueChange={setReason} error={error} optional />
    </ActionDialog>
  )
}
