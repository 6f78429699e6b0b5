'use client'

import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { isAtFields, showAtFields } from '#components/access/refusal-at-fields.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { CodeLine } from '#components/ui/code-line.tsx'
import { Field } from '#components/ui/field.tsx'
import { schemaResolver } from '#components/ui/schema-resolver.ts'
import { TextInput } from '#components/ui/text-input.tsx'
import { profileMutations } from '#lib/client/profile-queries.ts'
import { confirmCodeSchema } from '#lib/contract/account.ts'
import { secretOf } from '#lib/view/second-factor.ts'
import styles from './profile-page.module.css'
import { QrCode } from './qr-code.tsx'

const HOMES = { code: 'code' } as const

type Props = { uri: string; onConfirmed: () => void; onClose: () => void }

/** Shows an authenticator app what it has to know, and asks for its first code: until then nothing is in force. */
export function ConfirmCodeDialog({ uri, onConfirmed, onClose }: Props) {
  const { register, handleSubmit, setError, formState } = useForm({
    defaultValues: { code: '' },
    resolver: schemaResolver(confirmCodeSchema),
  })
  const confirm = useMutation(profileMutations.confirmSecondFactor())
  const submit = handleSubmit((given) =>
    confirm.mutate(given, {
      onSuccess: onConfirmed,
      onError: (error) => showAtFields(setError, error, HOMES),
    }),
  )
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title="Scan the picture, then write the app’s code"
      action="Confirm"
      pendingAction="Confirming…"
      pending={confirm.isPending}
      error={isAtFields(confirm.error, HOMES) ? null : confirm.error}
      onAction={() => void submit()}
    >
      <div className={styles.scan}>
        <QrCode text={uri} label="QR code for an authenticator app" />
        <p>
          Scan it with your authenticator app. Where there is no camera, copy the secret below into the app
          instead.
        </p>
      </div>
      <CodeLine text={secretOf(uri)} what="the secret" />
      <form method="post" noValidate onSubmit={(event) => void submit(event)}>
        <Field
          label="Code"
          hint="The six digits that the app shows now; nothing is in force until they are right."
          error={formState.errors.code?.message}
        >
          <TextInput
            {...register('code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            spellCheck={false}
          />
        </Field>
      </form>
    </ActionDialog>
  )
}
