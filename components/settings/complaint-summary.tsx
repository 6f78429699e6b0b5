'use client'

import { useFormContext } from 'react-hook-form'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { allMessages } from './form-messages.ts'

/** After a try to save: everything that is wrong in the form around it, in one place. */
export function ComplaintSummary({ labelOf }: { labelOf: (path: string) => string }) {
  const { errors, submitCount } = useFormContext().formState
  const complaints = allMessages(errors)
  if (submitCount === 0 || complaints.length === 0) return null
  return (
    <ErrorSummary
      key={submitCount}
      errors={complaints.map(({ path, message }) => ({ path, label: labelOf(path), message }))}
    />
  )
}
