'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { userMutations } from '#lib/client/user-queries.ts'
import { whoQuery } from '#lib/client/who-query.ts'
import { createUserSchema } from '#lib/contract/account.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { createUserInput, EMPTY_USER_FORM, type UserForm } from '#lib/view/user-form.ts'
import { NewPasswordField } from './new-password-field.tsx'
import { UserFields } from './user-fields.tsx'

const FIELDS = ['name', 'email', 'username', 'role', 'password']

/** Adds somebody who may sign in. */
export function AddUserDialog({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState<UserForm>(EMPTY_USER_FORM)
  const [password, setPassword] = useState('')
  const [by, setBy] = useState<'password' | 'provider'>('password')
  const { data: who } = useQuery(whoQuery())
  const provider = who?.identityProvider ?? null
  const create = useMutation(userMutations.create())
  const { errors, send } = useCheckedSend(createUserSchema, create.mutate)

  const submit = () =>
    send(createUserInput(form, by === 'password' ? password : null), {
      onSuccess: ({ name }) => {
        toasts.add({ title: `${name} may sign in` })
        onClose()
      },
    })

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title="Add a user"
      action="Add"
      pendingAction="Adding…"
      pending={create.isPending}
      error={create.error}
      errorDetails={homelessErrors(errors, FIELDS)}
      onAction={submit}
    >
      <UserFields form={form} errors={errors} onChange={(part) => setForm({ ...form, ...part })} />
      {provider !== null && (
        <ChoiceGroup
          label="Signs in by"
          value={by}
          onValueChange={setBy}
          choices={[
            { value: 'password', label: 'A password' },
            { value: 'provider', label: `${provider.name} only` },
          ]}
        />
      )}
      {by === 'password' && (
        <NewPasswordField value={password} onValueChange={setPassword} error={errors['password']} />
      )}
    </ActionDialog>
  )
}
