'use client'

import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { isAtFields, showAtFields } from '#components/access/refusal-at-fields.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { PasswordInput } from '#components/ui/password-input.tsx'
import { schemaResolver } from '#components/ui/schema-resolver.ts'
import { confirmPasswordSchema } from '#lib/contract/account.ts'

const HOMES = { password: 'password' } as const

type Props = {
  title: string
  description: ReactNode
  action: string
  pendingAction: string
  danger?: boolean
  pending: boolean
  error: Error | null
  /** Sends it; `onError` is for a password that was wrong. */
  send: (given: { password: string }, on: { onError: (error: Error) => void }) => void
  onClose: () => void
}

/** Asks for one's own password once more before something that weakens or strengthens sign-in. */
export function OwnPasswordDialog({ send, error, onClose, danger = false, ...words }: Props) {
  const { register, handleSubmit, setError, formState } = useForm({
    defaultValues: { password: '' },
    resolver: schemaResolver(confirmPasswordSchema),
  })
  const submit = handleSubmit((given) =>
    send(given, { onError: (refusal) => showAtFields(setError, refusal, HOMES) }),
  )
  return (
    <ActionDialog
      {...words}
      open
      onOpenChange={onClose}
      danger={danger}
      error={isAtFields(error, HOMES) ? null : error}
      onAction={() => void submit()}
    >
      <form method="post" noValidate onSubmit={(event) => void submit(event)}>
        <Field label="Your password" error={formState.errors.password?.message}>
          <PasswordInput {...register('password')} autoComplete="current-password" />
        </Field>
      </form>
    </ActionDialog>
  )
}
