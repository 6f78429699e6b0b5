'use client'

import { useController, useFormContext } from 'react-hook-form'
import { FormSection } from '#components/settings/form-section.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { ChannelState } from '#lib/contract/channel.ts'
import { type ChannelForm, secretNamesOf } from '#lib/view/channel-form.ts'
import { secretFacts } from '#lib/view/secret-words.ts'
import { nameList } from '#lib/view/name-list.ts'
import { SecretFields } from './secret-fields.tsx'

type Props = {
  stored: ChannelState | null
  /** Kept secrets that the change would send to another address. */
  atStake: readonly string[]
}

/** A channel's secrets: written, never read again. */
export function ChannelSecrets({ stored, atStake }: Props) {
  const { control } = useFormContext<ChannelForm>()
  const kind = useController({ control, name: 'kind' }).field.value
  const names = secretNamesOf(kind)
  return (
    <FormSection title="Secrets" meta="kept encrypted; they can be replaced, never read again">
      {atStake.length > 0 && (
        <Notice tone="warn" role="status" title="It goes to another address than before">
          <p>
            Give again what is told there, or remove it:{' '}
            {nameList(atStake.map((name) => secretFacts(kind, name).label))}. A kept secret is not sent
            elsewhere.
          </p>
        </Notice>
      )}
      {names.map((name) => (
        <SecretFields key={name} kind={kind} name={name} view={stored?.secrets[name] ?? null} />
      ))}
    </FormSection>
  )
}
