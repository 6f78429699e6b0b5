import { errorIn } from '#lib/domain/error-answer.ts'
import type { ApiShape, BodyReading, FrameReading } from './api-shape.ts'
import { openaiErrorBody, openaiErrorFrame } from './openai-error.ts'
import {
  END,
  failing,
  FINISH,
  fieldsIn,
  IDLE,
  isDone,
  isFields,
  isSaid,
  itemsOf,
  jsonOf,
  misshapen,
  TOKEN,
  usageOf,
} from './read.ts'

/** Whether a choice says something: a text, a thought, a refusal, a call of a tool, a sound. */
function says(choice: Readonly<Record<string, unknown>>): boolean {
  if (isSaid(choice.text)) return true
  const delta = fieldsIn(choice.delta)
  return Object.entries(delta).some(([name, value]) => name !== 'role' && isSaid(value))
}

function readUsage(usage: unknown) {
  const { prompt_tokens: input, completion_tokens: output } = fieldsIn(usage)
  return usageOf(input, output)
}

function readFrame({ event, data, isCut }: Parameters<ApiShape['readFrame']>[0]): FrameReading {
  if (isCut) return TOKEN
  if (data.length === 0) return IDLE
  if (isDone(data)) return END
  const json = jsonOf(data)
  if (event === 'error') return failing(errorIn(json) ?? errorIn({ error: json }))
  return isFields(json) ? readChunk(json) : misshapen()
}

function readChunk(json: Readonly<Record<string, unknown>>): FrameReading {
  const error = errorIn(json)
  if (error !== null) return failing(error)
  const usage = isFields(json.usage) ? readUsage(json.usage) : null
  const answers = itemsOf(json.choices)
  // Not all compatible servers write `[DONE]`: a finished choice will do.
  if (answers.some((choice) => isSaid(choice.finish_reason))) return { ...FINISH, usage }
  return { ...(answers.some(says) ? TOKEN : IDLE), usage }
}

/** Reads the body of an answer that is a list of choices. */
function readChoices(json: unknown): BodyReading {
  const error = errorIn(json)
  if (error !== null) return { problem: null, error, usage: null }
  if (!isFields(json) || !Array.isArray(json.choices))
    return { problem: 'answer has no choices', error: null, usage: null }
  return { problem: null, error: null, usage: readUsage(json.usage) }
}

const choices = {
  userOf: ({ user }) => (typeof user === 'string' && user !== '' ? user : null),
  readBody: readChoices,
  readUsage,
  readFrame,
  errorBody: openaiErrorBody,
  errorFrame: openaiErrorFrame,
} satisfies Omit<ApiShape, 'api' | 'path'>

/** OpenAI's chat completions. */
export const chatApi: ApiShape = { ...choices, api: 'chat', path: '/v1/chat/completions' }

/** OpenAI's older text completions. */
export const completionsApi: ApiShape = { ...choices, api: 'completions', path: '/v1/completions' }
