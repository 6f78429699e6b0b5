'use client'

import { useController, useFormContext } from 'react-hook-form'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { FormSection } from '#components/settings/form-section.tsx'
import styles from '#components/settings/form-section.module.css'
import { Field } from '#components/ui/field.tsx'
import { Switch } from '#components/ui/switch.tsx'
import type { ChannelForm } from '#lib/view/channel-form.ts'
import { CHANNEL_KIND_FACTS } from '#lib/view/channel-words.ts'

/** What the channel is called, and whether it is told of anything. */
export function ChannelIdentity() {
  const { control } = useFormContext<ChannelForm>()
  const kind = useController({ control, name: 'kind' }).field.value
  const enabled = useController({ control, name: 'enabled' }).field
  return (
    <FormSection title="Channel" meta={CHANNEL_KIND_FACTS[kind].label}>
      <div className={styles.pair}>
        <ControlledText<ChannelForm> name="name" label="Name" hint="As rules and incidents call it" />
        <Field
          label="Enabled"
          hint="Turned off, it is told nothing, and what waits for it is given up"
          nativeLabel={false}
        >
          <Switch checked={enabled.value} onCheckedChange={enabled.onChange} />
        </Field>
      </div>
    </FormSection>
  )
}
