'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { isRequestError } from '#lib/client/request-error.ts'
import { userMutations } from '#lib/client/user-queries.ts'
import { whoQuery } from '#lib/client/who-query.ts'
import { createUserSchema } from '#lib/contract/account.ts'
import { fieldErrors, homelessErrors, type FieldErrors } from '#lib/view/field-errors.ts'
import { createUserInput, EMPTY_USER_FORM, type UserForm } from '#lib/view/user-form.ts'
import { NewPasswordField } from './new-password-field.tsx'
import { UserFields } from './user-fields.tsx'

const FIELDS = ['name', 'email', 'username', 'role', 'password']

/** Adds somebody who may sign in. */
export function AddUserDialog({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState<UserForm>(EMPTY_USER_FORM)
  const [password, setPassword] = useState('')
  const [by, setBy] = useState<'password' | 'provider'>('password')
  const [errors, setErrors] = useState<FieldErrors>({})
  const { data: who } = useQuery(whoQuery())
  const provider = who?.identityProvider ?? null
  const create = useMutation(userMutations.create())

  const submit = () => {
    const parsed = createUserSchema.safeParse(createUserInput(form, by === 'password' ? password : null))
    if (!parsed.success) return setErrors(fieldErrors(parsed.error.issues))
    setErrors({})
    create.mutate(parsed.data, {
      onSuccess: ({ name }) => {
        toasts.add({ title: `${name} may sign in` })
        onClose()
      },
      onError: (error) => {
        if (isRequestError(error)) setErrors(fieldErrors(error.problem?.errors ?? []))
      },
    })
  }

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
