'use client'

import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { FormSection } from '#components/settings/form-section.tsx'
import { Button } from '#components/ui/button.tsx'
import { DataList } from '#components/ui/data-list.tsx'
import { Field } from '#components/ui/field.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { schemaResolver } from '#components/ui/schema-resolver.ts'
import { TextInput } from '#components/ui/text-input.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { profileMutations } from '#lib/client/profile-queries.ts'
import { patchProfileSchema, type AccountView } from '#lib/contract/account.ts'
import { capitalise, NOTHING } from '#lib/view/format.ts'
import { roleWords } from '#lib/view/role-words.ts'
import styles from './profile-page.module.css'

/** The name, which is one's own to change, and what an administrator decides. */
export function IdentityPanel({ account }: { account: AccountView }) {
  const { register, handleSubmit, formState } = useForm({
    values: { name: account.name },
    // Another browser of theirs may rename them while they type.
    resetOptions: { keepDirtyValues: true },
    resolver: schemaResolver(patchProfileSchema),
  })
  const rename = useMutation(profileMutations.rename())
  const submit = handleSubmit((changes) =>
    rename.mutate(changes, { onSuccess: ({ name }) => toasts.add({ title: `Your name is ${name} now` }) }),
  )
  return (
    <FormSection title="You">
      <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <Field
          label="Name"
          hint="As the others see it, and the audit."
          error={formState.errors.name?.message}
        >
          <TextInput {...register('name')} autoComplete="name" />
        </Field>
        {rename.error !== null && <RequestNotice error={rename.error} />}
        <Button type="submit" disabled={!formState.isDirty} pending={rename.isPending} pendingLabel="Saving…">
          Save the name
        </Button>
      </form>
      <div className={styles.facts}>
        <DataList
          items={[
            { name: 'E-mail address', value: account.email },
            { name: 'User name', value: account.username ?? NOTHING },
            { name: 'Role', value: capitalise(account.role) },
          ]}
        />
        <p className={styles.quiet}>{roleWords(account.role)}</p>
      </div>
    </FormSection>
  )
}
