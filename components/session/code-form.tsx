'use client'

import { useMutation } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { signInMutations } from '#lib/client/sign-in-mutations.ts'
import { secondFactorSchema } from '#lib/contract/account.ts'
import { plainWords } from '#lib/contract/plain-words.ts'
import { fieldErrors, type FieldErrors } from '#lib/view/field-errors.ts'
import styles from './session-dialog.module.css'

/** Asks for the second factor: a code of the authenticator app, or a recovery code. */
export function CodeForm({ onBack }: { onBack: () => void }) {
  const [code, setCode] = useState('')
  const [isRecoveryCode, setIsRecoveryCode] = useState(false)
  const [errors, setErrors] = useState<FieldErrors>({})
  const command = useMutation(signInMutations.giveCode())

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const parsed = secondFactorSchema.safeParse({ code, isRecoveryCode }, { error: plainWords })
    setErrors(parsed.success ? {} : fieldErrors(parsed.error.issues))
    if (parsed.success) command.mutate(parsed.data)
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <header>
        <h2 id="session-title" className={styles.title}>
          Your second factor
        </h2>
        <p className={styles.words}>The password is right. Six digits of your authenticator app end it.</p>
      </header>
      <Field label={isRecoveryCode ? 'Recovery code' : 'Code'} error={errors['code']}>
        <TextInput
          value={code}
          autoFocus
          autoComplete="one-time-code"
          inputMode={isRecoveryCode ? 'text' : 'numeric'}
          spellCheck={false}
          onChange={({ target }) => setCode(target.value)}
        />
      </Field>
      <label className={styles.line}>
        <Switch label="It is a recovery code" checked={isRecoveryCode} onCheckedChange={setIsRecoveryCode} />
        <span>It is a recovery code</span>
      </label>
      {command.error !== null && <RequestNotice error={command.error} title="Not signed in" />}
      <div className={styles.foot}>
        <Button onClick={onBack}>Back</Button>
        <Button variant="solid" type="submit" pending={command.isPending} pendingLabel="Signing in…">
          Sign in
        </Button>
      </div>
    </form>
  )
}
