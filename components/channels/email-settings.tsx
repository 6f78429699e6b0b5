'use client'

import { useController, useFormContext } from 'react-hook-form'
import { ControlledArea } from '#components/settings/controlled-area.tsx'
import { ControlledNumber } from '#components/settings/controlled-number.tsx'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { firstMessage } from '#components/settings/form-messages.ts'
import { FormSection } from '#components/settings/form-section.tsx'
import styles from '#components/settings/form-section.module.css'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { MAIL_TLS_MODES } from '#lib/domain/alerts/channel.ts'
import type { ChannelForm } from '#lib/view/channel-form.ts'
import { TLS_WORDS } from '#lib/view/channel-words.ts'

/** Which mail server, and who writes to whom. */
export function EmailSettings() {
  const { control } = useFormContext<ChannelForm>()
  const { field, fieldState } = useController({ control, name: 'settings.tls' })
  return (
    <FormSection title="E-mail">
      <div className={styles.pair}>
        <ControlledText<ChannelForm>
          name="settings.host"
          label="Server"
          placeholder="smtp.example.com"
          spellCheck={false}
        />
        <ControlledNumber<ChannelForm> name="settings.port" label="Port" />
        <Field label="TLS" nativeLabel={false} error={firstMessage(fieldState.error)}>
          <Select
            id="settings.tls"
            value={field.value}
            onValueChange={field.onChange}
            options={MAIL_TLS_MODES.map((value) => ({ value, label: TLS_WORDS[value] }))}
          />
        </Field>
      </div>
      <div className={styles.pair}>
        <ControlledText<ChannelForm> name="settings.user" label="User" optional spellCheck={false} />
        <ControlledText<ChannelForm>
          name="settings.from"
          label="From"
          placeholder="switchyard@example.com"
          spellCheck={false}
        />
      </div>
      <ControlledArea<ChannelForm>
        name="settings.to"
        label="To"
        hint="Up to 50 addresses, separated by commas"
      />
    </FormSection>
  )
}
