import { ControlledText } from '#components/settings/controlled-text.tsx'
import { FormSection } from '#components/settings/form-section.tsx'
import type { ChannelForm } from '#lib/view/channel-form.ts'

/** Where PagerDuty takes events. */
export function PagerdutySettings() {
  return (
    <FormSection title="PagerDuty">
      <ControlledText<ChannelForm>
        name="settings.baseUrl"
        label="Address"
        hint="https://events.eu.pagerduty.com for accounts in the EU"
        spellCheck={false}
      />
    </FormSection>
  )
}
