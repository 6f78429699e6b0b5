'use client'

import { useFormContext } from 'react-hook-form'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { providerFieldLabel } from '#lib/view/provider-form-conflicts.ts'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { allMessages } from './form-messages.ts'

/** After a try to save: everything that is wrong, in one place. */
export function FormComplaints() {
  const { errors, submitCount } = useFormContext<ProviderForm>().formState
  const complaints = allMessages(errors)
  if (submitCount === 0 || complaints.length === 0) return null
  return (
    <ErrorSummary
      key={submitCount}
      errors={complaints.map(({ path, message }) => ({ path, label: providerFieldLabel(path), message }))}
    />
  )
}
