'use client'

import { useController, useFormContext } from 'react-hook-form'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import type { KeyMode, ProviderForm } from '#lib/view/provider-form.ts'
import { ControlledText } from './controlled-text.tsx'
import { FormSection } from './form-section.tsx'

const AUTH_WORDS = {
  bearer: 'sent as Authorization: Bearer',
  'api-key': 'sent as api-key',
  'x-api-key': 'sent as x-api-key',
  'x-goog-api-key': 'sent as x-goog-api-key',
  none: 'a key is sent only where one is given',
} as const

/** Where the key comes from. A stored key is never shown again: it is kept, replaced or taken away. */
export function ProviderKey({ stored }: { stored: ProviderConfig | null }) {
  const { control } = useFormContext<ProviderForm>()
  const kind = useController({ control, name: 'kind' }).field.value
  const { field } = useController({ control, name: 'keyMode' })
  const hasStoredKey = stored?.hasApiKey === true && stored.apiKeyRef === null
  const choices: { value: KeyMode; label: string }[] = [
    ...(hasStoredKey ? [{ value: 'keep' as const, label: `Keep ${storedKeyWords(stored)}` }] : []),
    { value: 'secret', label: hasStoredKey ? 'Replace' : 'Enter a key' },
    { value: 'reference', label: 'By reference' },
    { value: 'none', label: 'No key' },
  ]
  return (
    <FormSection title="Credentials" meta={AUTH_WORDS[KIND_FACTS[kind].auth]}>
      <ChoiceGroup
        label="Where the key comes from"
        value={field.value}
        onValueChange={field.onChange}
        choices={choices}
      />
      {field.value === 'secret' && (
        <ControlledText<ProviderForm>
          name="apiKey"
          label={hasStoredKey ? 'New key' : 'Key'}
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          hint="Kept encrypted; it can be replaced, never read again"
        />
      )}
      {field.value === 'reference' && (
        <ControlledText<ProviderForm>
          name="apiKeyRef"
          label="Reference"
          spellCheck={false}
          placeholder="env:OPENAI_API_KEY"
          hint="env:NAME of an environment variable, or file:PATH of a file; read when it is used"
        />
      )}
    </FormSection>
  )
}

/** A stored key as it may be shown: dots and its last four characters. */
export const storedKeyWords = ({ apiKeyLast4 }: ProviderConfig): string =>
  apiKeyLast4 === null || apiKeyLast4 === '' ? '••••' : `•••• ${apiKeyLast4}`
