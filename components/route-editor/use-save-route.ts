'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldPath, UseFormReturn } from 'react-hook-form'
import { isRequestError } from '#lib/client/request-error.ts'
import { routingMutations, type SavedRoute } from '#lib/client/routing-mutations.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { createRouteInput, replaceRouteInput, type RouteForm } from '#lib/view/route-form.ts'

type Complaint = { path: string; message: string }

/** Whether the form has a field that can carry a complaint at that path. */
const hasField = (path: string, form: RouteForm) => (path.split('.')[0] ?? '') in form

/** Saves the form as a new route or over the stored one; the server's complaints go back onto the fields. */
export function useSaveRoute(form: UseFormReturn<RouteForm>, stored: RouteConfig | null) {
  const client = useQueryClient()
  const create = useMutation(routingMutations.createRoute())
  const replace = useMutation(routingMutations.replaceRoute(stored?.name ?? ''))
  const [homeless, setHomeless] = useState<Complaint[]>([])

  const forget = () => {
    create.reset()
    replace.reset()
    setHomeless([])
  }

  const onError = (error: Error) => {
    if (!isRequestError(error)) return
    const complaints = error.problem?.errors ?? []
    const values = form.getValues()
    for (const { path, message } of complaints) {
      if (hasField(path, values)) form.setError(path as FieldPath<RouteForm>, { type: 'server', message })
    }
    setHomeless(complaints.filter(({ path }) => !hasField(path, values)))
    // The route in force arrives, and the form offers both sides.
    if (error.status === 409 && stored !== null) void client.refetchQueries(routingQueries.route(stored.name))
  }

  const save = (onSaved: (saved: SavedRoute) => void) => {
    forget()
    const submit = form.handleSubmit((values) =>
      stored === null
        ? create.mutate(createRouteInput(values), { onSuccess: onSaved, onError })
        : replace.mutate(replaceRouteInput(values, stored.version), { onSuccess: onSaved, onError }),
    )
    void submit()
  }

  return {
    save,
    forget,
    isPending: create.isPending || replace.isPending,
    error: create.error ?? replace.error,
    /** Complaints that no field of the form carries. */
    homeless,
  }
}
