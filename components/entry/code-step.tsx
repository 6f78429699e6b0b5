'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '#components/ui/button.tsx'
import { CheckboxChoice } from '#components/ui/checkbox-choice.tsx'
import { Field } from '#components/ui/field.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { schemaResolver } from '#components/ui/schema-resolver.ts'
import { TextInput } from '#components/ui/text-input.tsx'
import { signInMutations } from '#lib/client/sign-in-mutations.ts'
import { secondFactorSchema } from '#lib/contract/account.ts'
import { EntryForm } from './entry-form.tsx'
import styles from './entry-form.module.css'
import { useRefusal } from './use-refusal.ts'

const WORDS = {
  app: {
    intro: 'Your authenticator app shows a code for Switchyard.',
    label: 'Code of six digits',
    other: 'Use a recovery code',
  },
  recovery: {
    intro: 'Each of the recovery codes that you kept lets you in once.',
    label: 'Recovery code',
    other: 'Use the authenticator app',
  },
}

type Props = { onPassed: () => void; onAgain: () => void }

/** Asks for the second factor: a code of the authenticator app, or one of the recovery codes. */
export function CodeStep({ onPassed, onAgain }: Props) {
  const [by, setBy] = useState<'app' | 'recovery'>('app')
  const [trustDevice, setTrustDevice] = useState(false)
  const { register, handleSubmit, setError, setFocus, reset, formState } = useForm({
    defaultValues: { code: '' },
    resolver: schemaResolver(secondFactorSchema.pick({ code: true })),
  })
  const giveCode = useMutation(signInMutations.giveCode())
  const refusal = useRefusal((message) => setError('code', { message }, { shouldFocus: true }))
  const words = WORDS[by]
  const submit = handleSubmit(({ code }) =>
    giveCode.mutate(
      { code, trustDevice, isRecoveryCode: by === 'recovery' },
      { onSuccess: onPassed, onError: refusal.take },
    ),
  )
  const change = () => {
    setBy(by === 'app' ? 'recovery' : 'app')
    reset()
    giveCode.reset()
    setFocus('code')
  }
  return (
    <>
      <div className={styles.intro}>
        <h1>Second factor</h1>
        <p>{words.intro}</p>
      </div>
      <EntryForm
        action="Continue"
        pendingAction="Signing in…"
        isPending={giveCode.isPending || giveCode.isSuccess}
        secondsToWait={refusal.left}
        alert={giveCode.isError ? refusal.said : null}
        onSubmit={submit}
      >
        <Field label={words.label} error={refusal.waiting ?? formState.errors.code?.message}>
          <TextInput
            {...register('code')}
            autoComplete={by === 'app' ? 'one-time-code' : 'off'}
            inputMode={by === 'app' ? 'numeric' : 'text'}
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
        </Field>
        <CheckboxChoice
          label="Do not ask in this browser for 30 days"
          checked={trustDevice}
          onCheckedChange={setTrustDevice}
        />
        {refusal.other !== null && <RequestNotice error={refusal.other} title="You are not signed in" />}
      </EntryForm>
      <div className={styles.ways}>
        <Button variant="quiet" onClick={change}>
          {words.other}
        </Button>
        <Button variant="quiet" onClick={onAgain}>
          Start again
        </Button>
      </div>
    </>
  )
}
