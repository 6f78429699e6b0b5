'use client'

import { get, useController, useFormContext } from 'react-hook-form'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { firstMessage } from '#components/settings/form-messages.ts'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Complaint } from '#components/ui/complaint.tsx'
import type { SecretView } from '#lib/contract/channel.ts'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import type { ChannelForm, SecretKey } from '#lib/view/channel-form.ts'
import { isSealed, secretChoices, secretFacts } from '#lib/view/secret-words.ts'
import styles from './secret-fields.module.css'

type Props = {
  kind: ChannelKind
  name: SecretKey
  /** The stored one; null for a new channel. */
  view: SecretView | null
}

/** One secret: kept, given anew, named by where it is found, or taken away. */
export function SecretFields({ kind, name, view }: Props) {
  const { control, formState } = useFormContext<ChannelForm>()
  const { field } = useController({ control, name: `secrets.${name}.mode` })
  const { label, hint } = secretFacts(kind, name)
  const isStored = isSealed(view)
  const own: unknown = get(formState.errors, `secrets.${name}`)
  // What is wrong with the value is said at its field, what is wrong with there being none is said here.
  const complaint = messageOf(own)
  return (
    <div className={styles.secret} id={`secrets.${name}`} tabIndex={-1} role="group" aria-label={label}>
      <ChoiceGroup
        label={label}
        value={field.value}
        onValueChange={field.onChange}
        choices={secretChoices(kind, name, view)}
      />
      {field.value === 'secret' && (
        <ControlledText<ChannelForm>
          name={`secrets.${name}.secret`}
          label={isStored ? `New: ${label}` : `Value: ${label}`}
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          hint={hint}
        />
      )}
      {field.value === 'reference' && (
        <ControlledText<ChannelForm>
          name={`secrets.${name}.reference`}
          label={`Reference: ${label}`}
          spellCheck={false}
          placeholder="env:HOOK_ADDRESS"
          hint="env:NAME of an environment variable, or file:PATH of a file; read when it is used"
        />
      )}
      <Complaint role="alert">{complaint}</Complaint>
    </div>
  )
}

/** The message at the secret itself, not at a part of it. */
const messageOf = (own: unknown): string | undefined =>
  typeof own === 'object' && own !== null && 'message' in own ? firstMessage(own) : undefined
