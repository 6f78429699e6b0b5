'use client'

import type { ReactNode } from 'react'
import { type FieldPathByValue, type FieldValues, useController, useFormContext } from 'react-hook-form'
import { Field } from '#components/ui/field.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { firstMessage } from './form-messages.ts'

type Props<Form extends FieldValues> = {
  name: FieldPathByValue<Form, string>
  label: ReactNode
  hint?: ReactNode
  rows?: number
  placeholder?: string
  optional?: boolean
  /** What is wrong with it while it is written, before it is judged. */
  trouble?: string | undefined
}

/** A few lines of any form, with their error at them. */
export function ControlledArea<Form extends FieldValues>(props: Props<Form>) {
  const { name, label, hint, optional = false, trouble, ...rest } = props
  const { control } = useFormContext<Form>()
  const { field, fieldState } = useController<Form>({ control, name })
  return (
    <Field label={label} hint={hint} optional={optional} error={trouble ?? firstMessage(fieldState.error)}>
      <TextArea
        {...rest}
        id={name}
        spellCheck={false}
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
      />
    </Field>
  )
}
