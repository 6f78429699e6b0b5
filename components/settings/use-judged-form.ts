'use client'

import {
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  type Resolver,
  useForm,
  type UseFormReturn,
} from 'react-hook-form'
import type { z } from 'zod'
import { schemaResolver } from '#components/ui/schema-resolver.ts'
import type { plainWords } from '#lib/contract/plain-words.ts'

type Asked<Form extends FieldValues> = [context: unknown, options: Parameters<Resolver<Form>>[2]]

/** What is wrong with a form, at its own fields. */
export type Judge<Form extends FieldValues, Errors = FieldErrors<Form>> = (
  form: Form,
  ...asked: Asked<Form>
) => Promise<Errors>

/**
 * A schema of the wire as a judge of the form, which `inputOf` makes fit for it. A resolver is typed for its schema's
 * own shape; only its errors are taken, and those lie at paths that the form names alike: where it does not, `Errors`
 * says how.
 */
export function judgeBy<Form extends FieldValues, Errors = FieldErrors<Form>>(
  schema: z.ZodType<unknown, FieldValues>,
  inputOf: (form: Form) => FieldValues,
  words?: typeof plainWords,
): Judge<Form, Errors> {
  const judge = schemaResolver(schema, words)
  return async (form, context, { fields, shouldUseNativeValidation }) => {
    const { errors } = await judge(inputOf(form), context, { fields, shouldUseNativeValidation })
    return errors as Errors
  }
}

/** The state of a form that is judged when a field is left and before it is saved. */
export const useJudgedForm = <Form extends FieldValues>(
  initial: Form,
  judge: Judge<Form>,
): UseFormReturn<Form> =>
  useForm<Form>({
    // A whole form is one of those that lack a part, which the library's type cannot tell of any form.
    defaultValues: initial as DefaultValues<Form>,
    resolver: async (form, context, options) => {
      const errors = await judge(form, context, options)
      return Object.keys(errors).length === 0 ? { values: form, errors: {} } : { values: {}, errors }
    },
    mode: 'onTouched',
    // The error summary takes the focus instead, and leads to each field.
    shouldFocusError: false,
  })
