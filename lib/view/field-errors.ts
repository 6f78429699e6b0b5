/** What is wrong with a value, by the dotted path of its field; the first complaint about a field wins. */
export type FieldErrors = Readonly<Record<string, string>>

type Complaint = { path: string | readonly PropertyKey[]; message: string }

/** Complaints of a schema or of the server, by dotted path. */
export function fieldErrors(complaints: readonly Complaint[]): FieldErrors {
  const byPath: Record<string, string> = {}
  for (const { path, message } of complaints) byPath[dotted(path)] ??= message
  return byPath
}

const dotted = (path: Complaint['path']) => (typeof path === 'string' ? path : path.map(String).join('.'))

/** Those complaints that no field in `shown` can carry, for the summary; a field also carries those below it. */
export function homelessErrors(
  errors: FieldErrors,
  shown: readonly string[],
): { path: string; message: string }[] {
  const hasHome = (path: string) => shown.some((field) => path === field || path.startsWith(`${field}.`))
  return Object.entries(errors)
    .filter(([path]) => !hasHome(path))
    .map(([path, message]) => ({ path, message }))
}
