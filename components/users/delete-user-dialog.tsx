'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { userMutations } from '#lib/client/user-queries.ts'
import { reasonSchema } from '#lib/contract/settings.ts'
import type { UserDialogProps } from './user-dialogs.tsx'

/** Deletes somebody, once their name is typed. */
export function DeleteUserDialog({ account: { id, name }, onClose }: UserDialogProps) {
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<{ typed?: string; reason?: string }>({})
  const remove = useMutation(userMutations.delete(id))

  const submit = () => {
    if (typed.trim() !== name) return setError({ typed: `not the name: ${name}` })
    const given = reason.trim() === '' ? {} : { reason }
    const complaint = 'reason' in given ? reasonSchema.safeParse(reason).error?.issues[0]?.message : undefined
    if (complaint !== undefined) return setError({ reason: complaint })
    setError({})
    remove.mutate(given, {
      onSuccess: () => {
        toasts.add({ title: `${name} is deleted` })
        onClose()
      },
    })
  }

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Delete ${name}`}
      description="They are signed out everywhere at once. What they did stays in the audit under their name. To keep them out for a while, disable them instead."
      action="Delete"
      pendingAction="Deleting…"
      danger
      pending={remove.isPending}
      error={remove.error}
      onAction={submit}
    >
      <Field label={`Type ${name} to delete them`} error={error.typed}>
        <TextInput value={typed} spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <ReasonField value={reason} onValueChange={setReason} error={error.reason} optional />
    </ActionDialog>
  )
}
