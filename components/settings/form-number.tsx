'use client'

import type { ReactNode } from 'react'
import { useController, useFormContext, type FieldPathByValue } from 'react-hook-form'
import { Field } from '#components/ui/field.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { firstMessage } from './form-messages.ts'

type Props = {
  name: FieldPathByValue<ProviderForm, number | null>
  label: ReactNode
  hint?: ReactNode
  optional?: boolean
  unit?: string
  placeholder?: string
}

/** A number of the provider's form, with its error at it. */
export function FormNumber({ name, label, hint, optional = false, ...rest }: Props) {
  const { control } = useFormContext<ProviderForm>()
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} hint={hint} optional={optional} error={firstMessage(fieldState.error)}>
      <NumberInput
        {...rest}
        id={name}
        value={field.value}
        onValueChange={field.onChange}
        onBlur={field.onBlur}
      />
    </Field>
  )
}
