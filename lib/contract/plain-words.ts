import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue
type Said<Code extends Issue['code']> = Extract<Issue, { code: Code }>

/** What is wrong with a value, in our words, where its schema has none of its own. Give it to whatever reads what people gave. */
export function plainWords(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return typeWords(issue)
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'too_small' || issue.code === 'too_big') return boundWords(issue)
  if (issue.code === 'invalid_format') return FORMATS[issue.format] ?? 'not written as it must be'
  if (issue.code === 'invalid_union') return unionWords(issue)
  if (issue.code === 'unrecognized_keys') return `there is no such field: ${issue.keys.join(', ')}`
  return undefined
}

/** What to write for each type that a schema may expect. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'write a text',
  number: 'write a number',
  int: 'write a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
}

function typeWords({ expected, input }: Said<'invalid_type'>): string {
  return input === undefined ? 'is needed' : (TYPES[expected] ?? 'of another type')
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'a date and time, such as 2026-01-31T12:00:00Z',
  email: 'an e-mail address',
  url: 'a URL',
}

function boundWords(issue: Said<'too_small'> | Said<'too_big'>): string {
  const isLeast = issue.code === 'too_small'
  const bound = isLeast ? issue.minimum : issue.maximum
  const included = isLeast ? 'at least' : 'at most'
  const side = issue.inclusive === false ? (isLeast ? 'more than' : 'less than') : included
  if (issue.origin === 'string') return `${side} ${bound} ${bound === 1 ? 'character' : 'characters'}`
  return `${side} ${bound}${issue.origin === 'array' ? ' in the list' : ''}`
}

function unionWords(issue: Said<'invalid_union'>): string {
  const { options } = issue as { options?: unknown }
  return Array.isArray(options) ? `one of ${options.map(String).join(', ')}` : 'none of the forms it may have'
}
