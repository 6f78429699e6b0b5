'use client'

import type { ReactNode } from 'react'
import { type FieldPathByValue, type FieldValues, useController, useFormContext } from 'react-hook-form'
import { Field } from '#components/ui/field.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import { firstMessage } from './form-messages.ts'

type Props<Form extends FieldValues> = {
  name: FieldPathByValue<Form, number | null>
  label: ReactNode
  hint?: ReactNode
  optional?: boolean
  scale?: 'plain' | 'percent'
  unit?: string
  placeholder?: string
}

/** A number of any form, with its error at it. */
export function ControlledNumber<Form extends FieldValues>(props: Props<Form>) {
  const { name, label, hint, optional = false, ...rest } = props
  const { control } = useFormContext<Form>()
  const { field, fieldState } = useController<Form>({ control, name })
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
