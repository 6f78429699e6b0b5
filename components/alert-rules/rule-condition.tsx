'use client'

import { useController, useFormContext } from 'react-hook-form'
import { FormSection } from '#components/settings/form-section.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { CONDITION_TYPES, type ConditionType } from '#lib/domain/alerts/condition.ts'
import { newCondition, type RuleForm } from '#lib/view/rule-form.ts'
import { CONDITION_FACTS, scopesFor } from '#lib/view/rule-words.ts'
import { ConditionParameters } from './condition-parameters.tsx'

/** What the rule looks for, and from where on that is bad. */
export function RuleCondition() {
  const { control, setValue, getValues } = useFormContext<RuleForm>()
  const { field } = useController({ control, name: 'condition.type' })
  const choose = (type: ConditionType) => {
    setValue('condition', newCondition(type), { shouldDirty: true })
    // A scope that cannot name what the condition is about would be refused.
    if (!scopesFor(type).includes(getValues('scope.type')))
      setValue('scope', { type: 'all', ids: [], tags: '' })
  }
  return (
    <FormSection title="What it looks for">
      <Field label="Condition" hint={CONDITION_FACTS[field.value].note} nativeLabel={false}>
        <Select
          id="condition"
          value={field.value}
          onValueChange={choose}
          options={CONDITION_TYPES.map((type) => ({
            value: type,
            label: CONDITION_FACTS[type].label,
            note: CONDITION_FACTS[type].note,
          }))}
        />
      </Field>
      <ConditionParameters key={field.value} type={field.value} />
    </FormSection>
  )
}
