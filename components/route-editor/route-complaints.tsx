'use client'

import { useFormContext } from 'react-hook-form'
import { allMessages } from '#components/settings/form-messages.ts'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { routeFieldLabel, type RouteForm } from '#lib/view/route-form.ts'

/** After a try to save: everything that is wrong, in one place. */
export function RouteComplaints() {
  const { errors, submitCount } = useFormContext<RouteForm>().formState
  const complaints = allMessages(errors)
  if (submitCount === 0 || complaints.length === 0) return null
  return (
    <ErrorSummary
      key={submitCount}
      errors={complaints.map(({ path, message }) => ({ path, label: routeFieldLabel(path), message }))}
    />
  )
}
