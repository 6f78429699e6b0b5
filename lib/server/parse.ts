import type { z } from 'zod'
import { plainWords } from '#lib/contract/plain-words.ts'
import { AppError } from '#lib/domain/errors.ts'

/** `value` as the schema reads it, or `invalid_input` with a complaint at each field's path. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  const parsed = read(schema, value, what)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.flatMap(complaints)
  throw new AppError('invalid_input', `The ${what} is not right: ${summary(fields)}`, { fields })
}

/** A schema that holds itself is read by calls within calls, for which there is only so much room. */
function read<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string) {
  try {
    return schema.safeParse(value, { error: plainWords })
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const fields = [{ path: '', message: 'nested too deeply' }]
    throw new AppError('invalid_input', `The ${what} is nested too deeply.`, { fields, cause })
  }
}

/** An unknown field is complained about where it stands, so that a form can show it there. */
function complaints(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'there is no such field' }))
  }
  // What a name may be is said by the rule for names, not by the list that has them.
  const said = issue.code === 'invalid_key' ? (issue.issues[0] ?? issue) : issue
  return [{ path: path.join('.'), message: said.message }]
}

function summary(fields: { path: string; message: string }[]): string {
  const [first] = fields
  if (first === undefined) return 'it does not fit.'
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : ''
  return `${first.path === '' ? '' : `${first.path}: `}${first.message}${more}.`
}

/** A query string as an object; the last of repeated names counts and an empty value is as good as none. */
export const queryObject = (search: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...search].filter(([, value]) => value !== ''))
