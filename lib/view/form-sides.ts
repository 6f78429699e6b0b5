import { sameJson } from './provider-form-input.ts'

/** One form three times: as it was when it was opened, as it is now, and as others have saved it meanwhile. */
export type FormSides<Form> = Record<'base' | 'mine' | 'theirs', Form>

/** What two people changed in the same form, by field: whether mine, theirs, or both. */
export function sideConflicts<Form extends object>(
  labels: Record<keyof Form & string, string>,
  { base, mine, theirs }: FormSides<Form>,
): { label: string; by: 'mine' | 'theirs' | 'both' }[] {
  return fieldsOf(labels).flatMap((field) => {
    const isMine = !sameJson(base[field], mine[field])
    const isTheirs = !sameJson(base[field], theirs[field])
    if (!isMine && !isTheirs) return []
    return [{ label: labels[field], by: isMine && isTheirs ? 'both' : isMine ? 'mine' : 'theirs' }]
  })
}

/** Both people's changes laid together: what I changed from `base` goes over theirs. */
export function rebaseForm<Form extends object>(
  labels: Record<keyof Form & string, string>,
  { base, mine, theirs }: FormSides<Form>,
): Form {
  const changed = fieldsOf(labels).filter((field) => !sameJson(base[field], mine[field]))
  return { ...theirs, ...Object.fromEntries(changed.map((field) => [field, mine[field]])) }
}

/** A field's label by the path of a complaint about it: `scope.ids.0` has that of `scope`. */
export function fieldLabel(labels: Readonly<Record<string, string>>, path: string): string {
  return labels[path.split('.')[0] ?? ''] ?? path
}

const fieldsOf = <Field extends string>(labels: Record<Field, string>) => Object.keys(labels) as Field[]
