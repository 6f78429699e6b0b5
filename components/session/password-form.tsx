'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { useSession } from '#lib/client/session.ts'
import { signInMutations } from '#lib/client/sign-in-mutations.ts'
import { whoQuery } from '#lib/client/who-query.ts'
import { signInSchema } from '#lib/contract/account.ts'
import { plainWords } from '#lib/contract/plain-words.ts'
import { fieldErrors, type FieldErrors } from '#lib/view/field-errors.ts'
import styles from './session-dialog.module.css'

/** Asks for the password of who was here, or of somebody else. */
export function PasswordForm({ onCodeNeeded }: { onCodeNeeded: () => void }) {
  const { owner } = useSession()
  const { data: who } = useQuery(whoQuery())
  const [form, setForm] = useState({ login: owner?.username ?? owner?.email ?? '', password: '' })
  const [errors, setErrors] = useState<FieldErrors>({})
  const command = useMutation(signInMutations.signIn())

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const parsed = signInSchema.safeParse(form, { error: plainWords })
    setErrors(parsed.success ? {} : fieldErrors(parsed.error.issues))
    if (!parsed.success) return
    command.mutate(parsed.data, {
      onSuccess: ({ needsSecondFactor }) => {
        if (needsSecondFactor) onCodeNeeded()
      },
    })
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <header>
        <h2 id="session-title" className={styles.title}>
          Sign in again
        </h2>
        <p className={styles.words}>
          Your session is over. What is open on this page stays as it is; what you see is not kept up.
        </p>
      </header>
      <Field label="E-mail address or user name" error={errors['login']}>
        <TextInput
          value={form.login}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={form.login === ''}
          onChange={({ target }) => setForm({ ...form, login: target.value })}
        />
      </Field>
      <Field label="Password" error={errors['password']}>
        <TextInput
          type="password"
          value={form.password}
          autoComplete="current-password"
          autoFocus={form.login !== ''}
          onChange={({ target }) => setForm({ ...form, password: target.value })}
        />
      </Field>
      {command.error !== null && <RequestNotice error={command.error} title="Not signed in" />}
      <div className={styles.foot}>
        {who?.identityProvider != null && (
          <a className={styles.other} href="/sign-in" target="_blank" rel="noreferrer">
            Sign in with {who.identityProvider.name}
            <span className="visually-hidden"> in a new tab</span>
          </a>
        )}
        <Button variant="solid" type="submit" pending={command.isPending} pendingLabel="Signing in…">
          Sign in
        </Button>
      </div>
    </form>
  )
}
