'use client'

import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { isAtFields, showAtFields } from '#components/access/refusal-at-fields.ts'
import { FormSection } from '#components/settings/form-section.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { PasswordInput } from '#components/ui/password-input.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { schemaResolver } from '#components/ui/schema-resolver.ts'
import { toasts } from '#components/ui/toasts.ts'
import { profileMutations } from '#lib/client/profile-queries.ts'
import { changePasswordSchema, PASSWORD_LENGTH, type AccountView } from '#lib/contract/account.ts'
import styles from './profile-page.module.css'

/** The one that was wrong is always the old one. */
const HOMES = { password: 'current', current: 'current', next: 'next' } as const

/** Changes the own password, which signs every other browser out. */
export function PasswordPanel({ account }: { account: AccountView }) {
  const { register, handleSubmit, setError, reset, formState } = useForm({
    defaultValues: { current: '', next: '' },
    resolver: schemaResolver(changePasswordSchema),
  })
  const { errors } = formState
  const change = useMutation(profileMutations.changePassword())
  const submit = handleSubmit((given) =>
    change.mutate(given, {
      onSuccess: () => {
        reset()
        toasts.add({ title: 'Your password is changed', description: 'Every other browser is signed out.' })
      },
      onError: (error) => showAtFields(setError, error, HOMES),
    }),
  )
  return (
    <FormSection title="Password">
      <form className={styles.form} method="post" noValidate onSubmit={(event) => void submit(event)}>
        {/* Tells password managers whose password it is. */}
        <input type="text" autoComplete="username" value={account.email} readOnly hidden />
        <Field label="Present password" error={errors.current?.message}>
          <PasswordInput {...register('current')} autoComplete="current-password" />
        </Field>
        <Field
          label="New password"
          hint={`At least ${PASSWORD_LENGTH.min} characters. Every other browser is signed out.`}
          error={errors.next?.message}
        >
          <PasswordInput {...register('next')} autoComplete="new-password" />
        </Field>
        {change.error !== null && !isAtFields(change.error, HOMES) && <RequestNotice error={change.error} />}
        <Button type="submit" pending={change.isPending} pendingLabel="Changing…">
          Change the password
        </Button>
      </form>
    </FormSection>
  )
}
