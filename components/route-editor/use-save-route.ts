'use client'

import { useMutation } from '@tanstack/react-query'
import type { UseFormReturn } from 'react-hook-form'
import { useFormSave } from '#components/settings/use-form-save.ts'
import { routingMutations, type SavedRoute } from '#lib/client/routing-mutations.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { createRouteInput, replaceRouteInput, type RouteForm } from '#lib/view/route-form.ts'

/** Saves the form as a new route or over the stored one. */
export function useSaveRoute(form: UseFormReturn<RouteForm>, stored: RouteConfig | null) {
  const create = useMutation(routingMutations.createRoute())
  const replace = useMutation(routingMutations.replaceRoute(stored?.name ?? ''))
  return useFormSave<RouteForm, SavedRoute>(form, {
    send: (values) =>
      stored === null
        ? create.mutateAsync(createRouteInput(values))
        : replace.mutateAsync(replaceRouteInput(values, stored.version)),
    inForce: stored && routingQueries.route(stored.name),
  })
}
