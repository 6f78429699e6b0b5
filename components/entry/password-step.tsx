'use client'

import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { Field } from '#components/ui/field.tsx'
import { PasswordInput } from '#components/ui/password-input.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { schemaResolver } from '#components/ui/schema-resolver.ts'
import { TextInput } from '#components/ui/text-input.tsx'
import { signInMutations } from '#lib/client/sign-in-mutations.ts'
import { signInSchema } from '#lib/contract/account.ts'
import { EntryForm } from './entry-form.tsx'
import { useRefusal } from './use-refusal.ts'

/** Asks who it is, and for the password. */
export function PasswordStep({ onPassed }: { onPassed: (needsSecondFactor: boolean) => void }) {
  // Without default values, so that what a password manager wrote before the scripts came is kept.
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: schemaResolver(signInSchema),
  })
  const { errors } = formState
  const signIn = useMutation(signInMutations.signIn())
  const refusal = useRefusal((message) => setError('password', { message }, { shouldFocus: true }))
  const submit = handleSubmit((given) =>
    signIn.mutate(given, {
      onSuccess: ({ needsSecondFactor }) => onPassed(needsSecondFactor),
      onError: refusal.take,
    }),
  )
  return (
    <EntryForm
      action="Sign in"
      pendingAction="Signing in…"
      isPending={signIn.isPending || signIn.isSuccess}
      secondsToWait={refusal.left}
      alert={signIn.isError ? refusal.said : null}
      onSubmit={submit}
    >
      <Field label="E-mail address or user name" error={errors.login?.message}>
        <TextInput
          {...register('login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
      </Field>
      <Field label="Password" error={refusal.waiting ?? errors.password?.message}>
        <PasswordInput {...register('password')} autoComplete="current-password" />
      </Field>
      {refusal.other !== null && <RequestNotice error={refusal.other} title="You are not signed in" />}
    </EntryForm>
  )
}
