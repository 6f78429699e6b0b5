'use client'

import { useMutation } from '@tanstack/react-query'
import type { UseFormReturn } from 'react-hook-form'
import { mutations } from '#lib/client/mutations.ts'
import { queries } from '#lib/client/queries.ts'
import type { SavedProvider } from '#lib/client/saved-provider.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { createInput, patchInput } from '#lib/view/provider-form-input.ts'
import { providerForm, type ProviderForm } from '#lib/view/provider-form.ts'
import { useFormSave } from './use-form-save.ts'

/** Saves the form: a new provider whole, a stored one by its changes, of which there may be none. */
export function useSaveProvider(form: UseFormReturn<ProviderForm>, stored: ProviderConfig | null) {
  const create = useMutation(mutations.createProvider())
  const update = useMutation(mutations.updateProvider(stored?.id ?? ''))
  return useFormSave<ProviderForm, SavedProvider & { hasChanged: boolean }>(form, {
    send: async (values) => {
      if (stored === null) return { ...(await create.mutateAsync(createInput(values))), hasChanged: true }
      const patch = patchInput(values, providerForm(stored), stored.version)
      const isUnchanged = Object.keys(patch).length === 1
      if (isUnchanged) return { provider: stored, persisted: true, hasChanged: false }
      return { ...(await update.mutateAsync(patch)), hasChanged: true }
    },
    inForce: stored && queries.provider(stored.id),
  })
}
