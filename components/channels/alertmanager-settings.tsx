import { ControlledArea } from '#components/settings/controlled-area.tsx'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { FormSection } from '#components/settings/form-section.tsx'
import styles from '#components/settings/form-section.module.css'
import type { ChannelForm } from '#lib/view/channel-form.ts'

/** Which Alertmanager, and what its routing goes by. */
export function AlertmanagerSettings() {
  return (
    <FormSection title="Alertmanager">
      <div className={styles.pair}>
        <ControlledText<ChannelForm>
          name="settings.baseUrl"
          label="Address"
          hint="Without /api/v2"
          placeholder="https://alertmanager.example.com"
          spellCheck={false}
        />
        <ControlledText<ChannelForm>
          name="settings.user"
          label="User"
          optional
          hint="The credential is then their password"
          spellCheck={false}
        />
      </div>
      <ControlledArea<ChannelForm>
        name="settings.labels"
        label="Labels"
        optional
        hint="Put on every alert, for routing; one on a line"
        placeholder="team=platform"
        rows={3}
      />
      <ControlledText<ChannelForm>
        name="settings.holdMs"
        label="Hold for"
        hint="How long an alert counts as firing without word from here: 5m to 7d, and more than 4h between repeats"
        spellCheck={false}
      />
    </FormSection>
  )
}
