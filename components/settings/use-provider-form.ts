'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, type FieldErrors as FormErrors, type Resolver, type UseFormReturn } from 'react-hook-form'
import { createProviderSchema, patchProviderSchema } from '#lib/contract/provider.ts'
import { createInput, patchInput } from '#lib/view/provider-form-input.ts'
import type { ProviderForm } from '#lib/view/provider-form.ts'

/** What the schema says, at the paths of the wire: coordinates are one pair there and two fields here. */
type Complaints = FormErrors<ProviderForm> & { coordinates?: FormErrors<{ pair: [number, number] }>['pair'] }

type Judge = (
  input: unknown,
  context: unknown,
  options: Parameters<Resolver<ProviderForm>>[2],
) => Promise<{ errors: Complaints }>

const words = {
  error: (issue: { code?: string }) => (issue.code === 'invalid_type' ? 'write a number' : undefined),
}

/**
 * A schema of the wire as a judge of the form. A resolver is typed for its schema's own shape; only its errors are
 * taken, and those lie at paths that the form names alike.
 */
const judgeBy = (schema: typeof createProviderSchema | typeof patchProviderSchema) =>
  zodResolver(schema, words) as unknown as Judge

const judgeNew = judgeBy(createProviderSchema)
const judgeChange = judgeBy(patchProviderSchema)

/** The complaints at the form's own fields. */
function atFields({ coordinates, ...errors }: Complaints): FormErrors<ProviderForm> {
  const [latitude, longitude] = Array.isArray(coordinates) ? coordinates : []
  return { ...errors, ...(latitude && { latitude }), ...(longitude && { longitude }) }
}

/** Judges the form by the schema the server uses: a new provider whole, a stored one by what was changed. */
const resolverOf =
  (stored: ProviderForm | null): Resolver<ProviderForm> =>
  async (form, context, options) => {
    const judged =
      stored === null
        ? await judgeNew(createInput(form), context, options)
        : await judgeChange(patchInput(form, stored, 0), context, options)
    const errors = atFields(judged.errors)
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
