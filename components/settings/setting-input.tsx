'use client'

import { DurationInput } from '#components/ui/duration-input.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import type { SettingsField, SettingValue } from '#lib/view/settings-fields.ts'

type Props = {
  field: SettingsField
  value: SettingValue
  onValueChange: (value: SettingValue) => void
  onBlur?: () => void
  id: string
  changed?: boolean
  /** What an empty field means, where it may be empty: "off", or the inherited value. */
  emptyMeans?: string
}

/** The input of one threshold, in its unit. */
export function SettingInput({ field, value, onValueChange, emptyMeans, ...rest }: Props) {
  const means = emptyMeans ?? (field.bounds.isNullable ? 'off' : undefined)
  if (field.unit === 'duration') {
    return (
      <DurationInput
        {...rest}
        {...(means === undefined ? {} : { emptyMeans: means })}
        value={typeof value === 'string' ? value : null}
        onValueChange={(next) => onValueChange(next ?? (means === undefined ? '' : null))}
      />
    )
  }
  return (
    <NumberInput
      {...rest}
      {...(means === undefined ? {} : { placeholder: means })}
      {...(field.unit === 'factor' ? { unit: '×' } : {})}
      scale={field.unit === 'percent' ? 'percent' : 'plain'}
      value={typeof value === 'number' ? value : null}
      onValueChange={(next) => onValueChange(next ?? (means === undefined ? Number.NaN : null))}
    />
  )
}
