'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import {
  useForm,
  type FieldErrors,
  type Resolver,
  type ResolverOptions,
  type UseFormReturn,
} from 'react-hook-form'
import { createRouteSchema } from '#lib/contract/route.ts'
import { createRouteInput, type RouteForm } from '#lib/view/route-form.ts'

const judge = zodResolver(createRouteSchema, {
  error: (issue) => (issue.code === 'invalid_type' ? 'write a number' : undefined),
})

/** Judges the form by the schema the server uses; a stored route too, whose name cannot change. */
const resolver: Resolver<RouteForm> = async (form, context, options: ResolverOptions<RouteForm>) => {
  const { fields, shouldUseNativeValidation } = options
  const result = await judge(createRouteInput(form), context, { fields, shouldUseNativeValidation })
  // The form names its fields as the schema does, so that the schema's complaints lie at the form's own paths.
  const errors = result.errors as FieldErrors<RouteForm>
  return Object.keys(errors).length === 0 ? { values: form, errors: {} } : { values: {}, errors }
}

/** The state of a route's form. */
export const useRouteForm = (initial: RouteForm): UseFormReturn<RouteForm> =>
  useForm<RouteForm>({
    defaultValues: initial,
    resolver,
    mode: 'onTouched',
    // The error summary takes the focus instead, and leads to each field.
    shouldFocusError: false,
  })
