'use client'

import { useController, useFormContext } from 'react-hook-form'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { FormSection } from '#components/settings/form-section.tsx'
import styles from '#components/settings/form-section.module.css'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { NO_DATA_MODES } from '#lib/domain/alerts/rule.ts'
import type { RuleForm } from '#lib/view/rule-form.ts'
import { NO_DATA_WORDS } from '#lib/view/rule-words.ts'

/** How long it must be bad before anybody is told, how long good before it is over, and what silence means. */
export function RuleTiming() {
  const { control } = useFormContext<RuleForm>()
  const { field } = useController({ control, name: 'noData' })
  return (
    <FormSection title="When it fires">
      <div className={styles.pair}>
        <ControlledText<RuleForm>
          name="for"
          label="Bad for"
          hint="And through 2 evaluations; 0s fires at once"
          spellCheck={false}
        />
        <ControlledText<RuleForm>
          name="keepFiring"
          label="Good for"
          hint="And in 3 rounds of checks; 0s at once"
          spellCheck={false}
        />
      </div>
      <ChoiceGroup
        label="Without data"
        layout="cards"
        value={field.value}
        onValueChange={field.onChange}
        choices={NO_DATA_MODES.map((value) => ({ value, ...NO_DATA_WORDS[value] }))}
      />
    </FormSection>
  )
}
