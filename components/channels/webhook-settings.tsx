'use client'

import { useController, useFormContext } from 'react-hook-form'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { FormSection } from '#components/settings/form-section.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { WEBHOOK_FORMS } from '#lib/domain/alerts/channel.ts'
import type { ChannelForm } from '#lib/view/channel-form.ts'
import { WEBHOOK_FORM_FACTS } from '#lib/view/channel-words.ts'
import { TemplateFields } from './template-fields.tsx'

/** What a webhook's receiver is sent. */
export function WebhookSettings() {
  const { control } = useFormContext<ChannelForm>()
  const { field } = useController({ control, name: 'settings.form' })
  return (
    <FormSection title="What is sent">
      <Field label="Form" hint={WEBHOOK_FORM_FACTS[field.value].note} nativeLabel={false}>
        <Select
          id="settings.form"
          value={field.value}
          onValueChange={field.onChange}
          options={WEBHOOK_FORMS.map((value) => ({ value, ...WEBHOOK_FORM_FACTS[value] }))}
        />
      </Field>
      {field.value === 'telegram' && (
        <ControlledText<ChannelForm>
          name="settings.chatId"
          label="Chat"
          hint="Its number, or the @name of a public channel"
          spellCheck={false}
        />
      )}
      {field.value === 'custom' && <TemplateFields />}
    </FormSection>
  )
}
