import { errorIn } from '#lib/domain/error-answer.ts'
import { failed } from './failure.ts'
import type { Reading } from './probe-plan.ts'

/** Reads an accepted JSON body: not JSON and an error inside a good answer are failures; the rest is for `judge`. */
export function readJson(text: string, judge: (json: unknown) => Reading): Reading {
  let json: unknown
  try {
    json = JSON.parse(text) as unknown
  } catch {
    return bad(text.trim() === '' ? 'answer is empty' : 'answer is not JSON')
  }
  const error = errorIn(json)
  return error === null ? judge(json) : { failure: failed('error_body'), usage: null, error }
}

/** A body that is not what the API promises, in words. */
export const bad = (message: string): Reading => ({
  failure: failed('bad_body', message),
  usage: null,
  error: null,
})
