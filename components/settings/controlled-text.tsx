'use client'

import type { ReactNode } from 'react'
import { type FieldPathByValue, type FieldValues, useController, useFormContext } from 'react-hook-form'
import { Field } from '#components/ui/field.tsx'
import { TextInput, type TextInputProps } from '#components/ui/text-input.tsx'
import { firstMessage } from './form-messages.ts'

type Props<Form extends FieldValues> = Omit<
  TextInputProps,
  'name' | 'value' | 'onChange' | 'onBlur' | 'ref'
> & {
  name: FieldPathByValue<Form, string>
  label: ReactNode
  hint?: ReactNode
  optional?: boolean
}

/** A text of any form, with its error at it. */
export function ControlledText<Form extends FieldValues>(props: Props<Form>) {
  const { name, label, hint, optional = false, ...rest } = props
  const { control } = useFormContext<Form>()
  const { field, fieldState } = useController<Form>({ control, name })
  return (
    <Field label={label} hint={hint} optional={optional} error={firstMessage(fieldState.error)}>
      <TextInput {...rest} id={name} value={field.value} onChange={field.onChange} onBlur={field.onBlur} />
    </Field>
  )
}
