'use client'

import type { FieldErrors, UseFormReturn } from 'react-hook-form'
import { createProviderSchema, patchProviderSchema } from '#lib/contract/provider.ts'
import { createInput, patchInput } from '#lib/view/provider-form-input.ts'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { type Judge, judgeBy, useJudgedForm } from './use-judged-form.ts'

/** What the schema says, at the paths of the wire: coordinates are one pair there and two fields here. */
type Complaints = FieldErrors<ProviderForm> & {
  coordinates?: FieldErrors<{ pair: [number, number] }>['pair']
}

/** The complaints at the form's own fields. */
function atFields({ coordinates, ...errors }: Complaints): FieldErrors<ProviderForm> {
  const [latitude, longitude] = Array.isArray(coordinates) ? coordinates : []
  return { ...errors, ...(latitude && { latitude }), ...(longitude && { longitude }) }
}

/** Judges the form by the schema the server uses: a new provider whole, a stored one by what was changed. */
function judgeOf(stored: ProviderForm | null): Judge<ProviderForm> {
  const judge =
    stored === null
      ? judgeBy<ProviderForm, Complaints>(createProviderSchema, createInput)
      : judgeBy<ProviderForm, Complaints>(patchProviderSchema, (form) => patchInput(form, stored, 0))
  return async (...asked) => atFields(await judge(...asked))
}

/** The state of a provider's form; `stored` is what is in force, null for a new one. */
export const useProviderForm = (
  initial: ProviderForm,
  stored: ProviderForm | null,
): UseFormReturn<ProviderForm> => useJudgedForm(initial, judgeOf(stored))
