import type { ErrorAnswer } from '#lib/domain/error-answer.ts'
import type { FrameReading, Usage } from './api-shape.ts'

type Fields = Readonly<Record<string, unknown>>

/** Whether the value is a JSON object. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object in a field, or an empty one. */
export const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : {})

/** The objects of a list. */
export const itemsOf = (value: unknown): Fields[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isFields) : []

/** A text that is not empty, a list that is not, or an object: something was said. */
export function isSaid(value: unknown): boolean {
  if (typeof value === 'string') return value !== ''
  if (Array.isArray(value)) return value.length > 0
  return isFields(value)
}

/** A count of tokens; undefined for anything else. */
export const countIn = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined

/** The usage of two counts, or null when either is missing. */
export function usageOf(inputTokens: unknown, outputTokens: unknown): Usage | null {
  const input = countIn(inputTokens)
  const output = countIn(outputTokens)
  return input === undefined || output === undefined ? null : { inputTokens: input, outputTokens: output }
}

/** The JSON of an event's data; undefined when it is none. */
export function jsonOf(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

const DONE = '[DONE]'

/** Whether an event's data are the word that ends a stream of OpenAI's; some servers write white space behind it. */
export const isDone = (data: Buffer): boolean =>
  // Short ones only: each piece of an answer is asked.
  data.length < 2 * DONE.length && data.toString('latin1').trim() === DONE

export const IDLE: FrameReading = { type: 'idle', error: null, usage: null }
export const STEP: FrameReading = { type: 'step', error: null, usage: null }
export const TOKEN: FrameReading = { type: 'token', error: null, usage: null }
export const FINISH: FrameReading = { type: 'finish', error: null, usage: null }
export const END: FrameReading = { type: 'end', error: null, usage: null }

/** An event that says that the stream failed. */
export const failing = (error: ErrorAnswer | null): FrameReading => ({
  type: 'error',
  error: error ?? { code: null, message: null },
  usage: null,
})

/** An event that is not what the API promises. */
export const misshapen = (): FrameReading =>
  failing({ code: null, message: 'an event of the stream is not JSON' })
