'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, type FieldErrors as FormErrors, type Resolver, type UseFormReturn } from 'react-hook-form'
import { createProviderSchema, patchProviderSchema } from '#lib/contract/provider.ts'
import { createInput, patchInput } from '#lib/view/provider-form-input.ts'
import type { ProviderForm } from '#lib/view/provider-form.ts'

type Judge = (
  input: unknown,
  context: unknown,
  options: Parameters<Resolver<ProviderForm>>[2],
) => Promise<{ errors: FormErrors<ProviderForm> }>

const complaints = {
  error: (issue: { code?: string }) => (issue.code === 'invalid_type' ? 'write a number' : undefined),
}

// The resolvers are typed for the schemas' own shapes. Only their errors are taken here, and those lie at paths
// that the form names alike.
const judgeNew = zodResolver(createProviderSchema, complaints) as unknown as Judge
const judgeChange = zodResolver(patchProviderSchema, complaints) as unknown as Judge

/** Judges the form by the schema the server uses: a new provider whole, a stored one by what was changed. */
const resolverOf =
  (stored: ProviderForm | null): Resolver<ProviderForm> =>
  async (form, context, options) => {
    const { errors } =
      stored === null
        ? await judgeNew(createInput(form), context, options)
        : await judgeChange(patchInput(form, stored, 0), context, options)
    return Object.keys(errors).length === 0 ? { values: form, errors: {} } : { values: {}, errors }
  }

/** The state of a provider's form; `stored` is what is in force, null for a new one. */
export function useProviderForm(
  initial: ProviderForm,
  stored: ProviderForm | null,
): UseFormReturn<ProviderForm> {
  return useForm<ProviderForm>({
    defaultValues: initial,
    resolver: resolverOf(stored),
    mode: 'onTouched',
    // The error summary takes the focus instead, and leads to each field.
    shouldFocusError: false,
  })
}
