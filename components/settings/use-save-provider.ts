'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldPath, UseFormReturn } from 'react-hook-form'
import { mutations } from '#lib/client/mutations.ts'
import { queries } from '#lib/client/queries.ts'
import { isRequestError } from '#lib/client/request-error.ts'
import type { SavedProvider } from '#lib/client/saved-provider.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { createInput, patchInput } from '#lib/view/provider-form-input.ts'
import { providerForm, type ProviderForm } from '#lib/view/provider-form.ts'

type Complaint = { path: string; message: string }

/** Whether the form has a field that can carry a complaint at that path. */
const hasField = (path: string, form: ProviderForm) => (path.split('.')[0] ?? '') in form

/** Saves the form: a new provider whole, a stored one by its changes; the server's complaints go back onto the fields. */
export function useSaveProvider(form: UseFormReturn<ProviderForm>, stored: ProviderConfig | null) {
  const client = useQueryClient()
  const create = useMutation(mutations.createProvider())
  const update = useMutation(mutations.updateProvider(stored?.id ?? ''))
  const [homeless, setHomeless] = useState<Complaint[]>([])

  const forget = () => {
    create.reset()
    update.reset()
    setHomeless([])
  }

  const onError = (error: Error) => {
    if (!isRequestError(error)) return
    const complaints = error.problem?.errors ?? []
    const values = form.getValues()
    for (const { path, message } of complaints) {
      if (hasField(path, values)) form.setError(path as FieldPath<ProviderForm>, { type: 'server', message })
    }
    setHomeless(complaints.filter(({ path }) => !hasField(path, values)))
    // The stored provider arrives, and the form offers both sides.
    if (error.status === 409 && stored !== null) void client.refetchQueries(queries.provider(stored.id))
  }

  const save = ({ onSaved }: { onSaved: (saved: SavedProvider, hasChanged: boolean) => void }) => {
    forget()
    const submit = form.handleSubmit((values) => {
      if (stored === null)
        return create.mutate(createInput(values), { onSuccess: (saved) => onSaved(saved, true), onError })
      const patch = patchInput(values, providerForm(stored), stored.version)
      const isUnchanged = Object.keys(patch).length === 1
      if (isUnchanged) return onSaved({ provider: stored, persisted: true }, false)
      update.mutate(patch, { onSuccess: (saved) => onSaved(saved, true), onError })
    })
    void submit()
  }

  return {
    save,
    forget,
    isPending: create.isPending || update.isPending,
    error: create.error ?? update.error,
    /** Complaints that no field of the form carries. */
    homeless,
  }
}
