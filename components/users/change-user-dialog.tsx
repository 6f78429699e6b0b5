'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { CheckboxChoice } from '#components/ui/checkbox-choice.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { userMutations } from '#lib/client/user-queries.ts'
import { patchUserSchema } from '#lib/contract/account.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { changesUser, patchUserInput, userForm, type UserForm } from '#lib/view/user-form.ts'
import type { UserDialogProps } from './user-dialogs.tsx'
import { UserFields } from './user-fields.tsx'

const FIELDS = ['name', 'email', 'username', 'role', 'disabled', 'reason']

/** Changes who somebody is and what they may, or keeps them out. */
export function ChangeUserDialog({ account, onClose }: UserDialogProps) {
  const [form, setForm] = useState<UserForm>(() => userForm(account))
  const [reason, setReason] = useState('')
  const update = useMutation(userMutations.update(account.id))
  const { errors, send } = useCheckedSend(patchUserSchema, update.mutate)
  const change = (part: Partial<UserForm>) => setForm({ ...form, ...part })
  const patch = patchUserInput(form, account, reason)

  const submit = () =>
    send(patch, {
      onSuccess: ({ name }) => {
        toasts.add({ title: `${name} is changed` })
        onClose()
      },
    })

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Change ${account.name}`}
      action="Save"
      pendingAction="Saving…"
      disabled={!changesUser(patch)}
      pending={update.isPending}
      error={update.error}
      errorDetails={homelessErrors(errors, FIELDS)}
      onAction={submit}
    >
      <UserFields form={form} errors={errors} onChange={change} />
      <CheckboxChoice
        label="Disabled"
        note="Signing in is refused, and every session ends at once."
        checked={form.disabled}
        onCheckedChange={(disabled) => change({ disabled })}
      />
      <ReasonField value={reason} onValueChange={setReason} error={errors['reason']} optional />
    </ActionDialog>
  )
}
