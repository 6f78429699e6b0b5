'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { userMutations } from '#lib/client/user-queries.ts'
import { setPasswordSchema } from '#lib/contract/account.ts'
import { NewPasswordField } from './new-password-field.tsx'
import type { UserDialogProps } from './user-dialogs.tsx'

/** Gives somebody a new password, as for one who has forgotten it. */
export function SetPasswordDialog({ account: { id, name }, onClose }: UserDialogProps) {
  const [password, setPassword] = useState('')
  const [complaint, setComplaint] = useState<string>()
  const set = useMutation(userMutations.setPassword(id))

  const submit = () => {
    const parsed = setPasswordSchema.safeParse({ password })
    setComplaint(parsed.error?.issues[0]?.message)
    if (!parsed.success) return
    set.mutate(parsed.data, {
      onSuccess: () => {
        toasts.add({ title: `${name} has a new password`, description: 'They are signed out everywhere.' })
        onClose()
      },
    })
  }

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Set a password for ${name}`}
      description="The old one is worth nothing any more, and they are signed out everywhere. A second factor stays."
      action="Set the password"
      pendingAction="Setting…"
      pending={set.isPending}
      error={set.error}
      onAction={submit}
    >
      <NewPasswordField value={password} onValueChange={setPassword} error={complaint} />
    </ActionDialog>
  )
}
