'use client'

import type { ReactNode } from 'react'
import { useController, useFormContext, type FieldPathByValue } from 'react-hook-form'
import { Field } from '#components/ui/field.tsx'
import { TextInput, type TextInputProps } from '#components/ui/text-input.tsx'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { firstMessage } from './form-messages.ts'

type Props = Omit<TextInputProps, 'name' | 'value' | 'onChange' | 'onBlur' | 'ref'> & {
  name: FieldPathByValue<ProviderForm, string>
  label: ReactNode
  hint?: ReactNode
  optional?: boolean
}

/** A text of the provider's form, with its error at it. */
export function FormText({ name, label, hint, optional = false, ...rest }: Props) {
  const { control } = useFormContext<ProviderForm>()
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} hint={hint} optional={optional} error={firstMessage(fieldState.error)}>
      <TextInput {...rest} id={name} value={field.value} onChange={field.onChange} onBlur={field.onBlur} />
    </Field>
  )
}
