'use client'

import { useController, useFormContext } from 'react-hook-form'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { FormSection } from '#components/settings/form-section.tsx'
import styles from '#components/settings/form-section.module.css'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Field } from '#components/ui/field.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { SEVERITIES } from '#lib/domain/alerts/incident.ts'
import type { RuleForm } from '#lib/view/rule-form.ts'
import { SEVERITY_WORDS } from '#lib/view/rule-words.ts'

/** What the rule is called, how grave it is, and whether it is in force. */
export function RuleIdentity() {
  const { control } = useFormContext<RuleForm>()
  const severity = useController({ control, name: 'severity' }).field
  const enabled = useController({ control, name: 'enabled' }).field
  return (
    <FormSection title="Rule">
      <ControlledText<RuleForm> name="name" label="Name" hint="As notifications call it" maxLength={100} />
      <div className={styles.pair}>
        <ChoiceGroup
          label="Severity"
          value={severity.value}
          onValueChange={severity.onChange}
          choices={SEVERITIES.toReversed().map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
        />
        <Field label="Enabled" nativeLabel={false}>
          <Switch checked={enabled.value} onCheckedChange={enabled.onChange} />
        </Field>
      </div>
    </FormSection>
  )
}
