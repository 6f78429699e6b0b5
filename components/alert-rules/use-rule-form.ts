'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import {
  type FieldErrors,
  type Resolver,
  type ResolverOptions,
  useForm,
  type UseFormReturn,
} from 'react-hook-form'
import { createRuleSchema } from '#lib/contract/alert-rule.ts'
import { createRuleInput, type RuleForm } from '#lib/view/rule-form.ts'

const judge = zodResolver(createRuleSchema, {
  error: (issue) => (issue.code === 'invalid_type' ? 'write a number' : undefined),
})

/** Judges the form by the schema the server uses. */
const resolver: Resolver<RuleForm> = async (form, context, options: ResolverOptions<RuleForm>) => {
  const { fields, shouldUseNativeValidation } = options
  const result = await judge(createRuleInput(form), context, { fields, shouldUseNativeValidation })
  // The form names its fields as the schema does, so that the schema's complaints lie at the form's own paths.
  const errors = result.errors as FieldErrors<RuleForm>
  return Object.keys(errors).length === 0 ? { values: form, errors: {} } : { values: {}, errors }
}

/** The state of a rule's form. */
export const useRuleForm = (initial: RuleForm): UseFormReturn<RuleForm> =>
  useForm<RuleForm>({
    defaultValues: initial,
    resolver,
    mode: 'onTouched',
    // The error summary takes the focus instead, and leads to each field.
    shouldFocusError: false,
  })
