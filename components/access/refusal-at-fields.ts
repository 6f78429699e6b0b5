import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form'
import { isRequestError } from '#lib/client/request-error.ts'

/** Which of the form's fields carries what the server says of a path. */
type Homes<Form extends FieldValues> = Readonly<Record<string, FieldPath<Form>>>

const complaintsOf = (error: unknown) => (isRequestError(error) ? (error.problem?.errors ?? []) : [])

/** Whether the fields carry all that the server said. */
export const isAtFields = <Form extends FieldValues>(error: unknown, homes: Homes<Form>): boolean =>
  complaintsOf(error).length > 0 && complaintsOf(error).every(({ path }) => path in homes)

/** Puts what the server said of single values at their fields, and the focus on the first. */
export function showAtFields<Form extends FieldValues>(
  setError: UseFormSetError<Form>,
  error: unknown,
  homes: Homes<Form>,
): void {
  let shouldFocus = true
  for (const { path, message } of complaintsOf(error)) {
    const home = homes[path]
    if (home === undefined) continue
    setError(home, { message }, { shouldFocus })
    shouldFocus = false
  }
}
