'use client'

import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { isAtFields, showAtFields } from '#components/access/refusal-at-fields.ts'
import { firstMessage } from '#components/settings/form-messages.ts'
import { Field } from '#components/ui/field.tsx'
import { PasswordInput } from '#components/ui/password-input.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { schemaResolver } from '#components/ui/schema-resolver.ts'
import { TextInput } from '#components/ui/text-input.tsx'
import { isRequestError } from '#lib/client/request-error.ts'
import { signInMutations } from '#lib/client/sign-in-mutations.ts'
import { loadPage } from '#lib/client/load-page.ts'
import { PASSWORD_LENGTH, setUpSchema } from '#lib/contract/account.ts'
import { EntryForm } from './entry-form.tsx'

const HOMES = {
  token: 'token',
  name: 'name',
  email: 'email',
  username: 'username',
  password: 'password',
} as const

const isAboutToken = (error: Error | null) => isRequestError(error) && error.status === 403

/** Who the first administrator is; with the token of the log, where they do not sit at the machine itself. */
export function SetUpForm({ needsToken }: { needsToken: boolean }) {
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: schemaResolver(setUpSchema),
  })
  const { errors } = formState
  const setUp = useMutation(signInMutations.setUp())
  const submit = handleSubmit((wanted) =>
    setUp.mutate(wanted, {
      onSuccess: () => loadPage('/'),
      onError: (error) => {
        showAtFields(setError, error, HOMES)
        if (needsToken && isAboutToken(error))
          setError('token', { message: error.message }, { shouldFocus: true })
      },
    }),
  )
  const isShown = isAtFields(setUp.error, HOMES) || (needsToken && isAboutToken(setUp.error))
  return (
    <EntryForm
      action="Become the administrator"
      pendingAction="Setting up…"
      isPending={setUp.isPending || setUp.isSuccess}
      alert={isShown && setUp.isError ? setUp.error.message : null}
      onSubmit={submit}
    >
      {needsToken && (
        <Field
          label="Token"
          hint="Switchyard wrote it into its log when it started, as setUpToken."
          error={firstMessage(errors.token)}
        >
          <TextInput {...register('token')} autoCapitalize="none" spellCheck={false} />
        </Field>
      )}
      <Field label="Name" hint="As the others see it." error={firstMessage(errors.name)}>
        <TextInput {...register('name')} autoComplete="name" />
      </Field>
      <Field
        label="E-mail address"
        hint="To sign in with; nothing is sent to it."
        error={firstMessage(errors.email)}
      >
        <TextInput
          {...register('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field
        label="User name"
        optional
        hint="May be used instead of the address."
        error={firstMessage(errors.username)}
      >
        <TextInput
          {...register('username', { setValueAs: (text: string) => (text === '' ? null : text) })}
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field
        label="Password"
        hint={`At least ${PASSWORD_LENGTH.min} characters; a sentence is better than a riddle.`}
        error={firstMessage(errors.password)}
      >
        <PasswordInput {...register('password')} autoComplete="new-password" />
      </Field>
      {setUp.error !== null && !isShown && <RequestNotice error={setUp.error} title="Nothing was set up" />}
    </EntryForm>
  )
}
