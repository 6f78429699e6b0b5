'use client'

import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { isRequestError } from '#lib/client/request-error.ts'

type Complaint = { path: string; message: string }

type Ways<Form, Saved> = {
  /** Sends what the form holds to the server. */
  send: (form: Form) => Promise<Saved>
  /** Where to read what is in force, which a save over a newer version does anew; null for what is new. */
  inForce: { queryKey: QueryKey } | null
}

/** Saves a form; the server's complaints go back onto the fields. */
export function useFormSave<Form extends FieldValues, Saved>(
  form: UseFormReturn<Form>,
  { send, inForce }: Ways<Form, Saved>,
) {
  const client = useQueryClient()
  const [homeless, setHomeless] = useState<Complaint[]>([])
  // What a form holds may be secret: it does not outlive the form.
  const saving = useMutation({ mutationFn: send, gcTime: 0 })

  const forget = () => {
    saving.reset()
    setHomeless([])
  }

  const onError = (error: Error) => {
    if (!isRequestError(error)) return
    const complaints = error.problem?.errors ?? []
    const values = form.getValues()
    const hasField = ({ path }: Complaint) => (path.split('.')[0] ?? '') in values
    for (const { path, message } of complaints.filter(hasField))
      form.setError(path as FieldPath<Form>, { type: 'server', message })
    setHomeless(complaints.filter((complaint) => !hasField(complaint)))
    // What is in force arrives, and the form offers both sides.
    if (error.status === 409 && inForce !== null) void client.refetchQueries({ queryKey: inForce.queryKey })
  }

  const save = (onSaved: (saved: Saved) => void) => {
    forget()
    const submit = form.handleSubmit(() => saving.mutate(form.getValues(), { onSuccess: onSaved, onError }))
    void submit()
  }

  return {
    save,
    forget,
    isPending: saving.isPending,
    error: saving.error,
    /** Complaints that no field of the form carries. */
    homeless,
  }
}
