'use client'

import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { StrategyForm } from '#lib/view/strategy-form.ts'
import { useStrategySurroundings } from './strategy-context.ts'
import type { StrategyFieldsProps } from './strategy-fields.tsx'

type Props = StrategyFieldsProps<Extract<StrategyForm, { type: 'single' }>>

/** The one member that takes everything. */
export function SingleFields({ value, onChange, path }: Props) {
  const { members, errorAt } = useStrategySurroundings()
  return (
    <Field label="Provider" error={errorAt(`${path}.providerId`)} nativeLabel={false}>
      <Select
        id={`${path}.providerId`}
        value={value.providerId}
        onValueChange={(providerId) => onChange({ ...value, providerId })}
        options={[
          ...(value.providerId === '' ? [{ value: '', label: 'Choose a member' }] : []),
          ...members.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </Field>
  )
}
