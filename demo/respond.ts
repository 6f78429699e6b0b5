import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Api, ApiAnswer, ApiCall } from './apis/api.ts'
import { logNormalMs } from './chance.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'
import { sendJson } from './send-json.ts'
import { sendPage, sendStream } from './send-stream.ts'
import { type Conditions, type Fate, fateOf } from './weather.ts'

/** All that decides how one call is answered. `pace` overrides the answer's own effort. */
export type Scene = {
  api: Api
  apiKey: string | null
  conditions: Conditions
  pace: number | null
  random: () => number
  now: () => number
}

/** One call being answered. `signal` is aborted when the caller has gone. */
export type Stage = { response: ServerResponse; scene: Scene; signal: AbortSignal }
type ApiError = { status: number; message: string; headers?: Record<string, string> }

const ERROR_EFFORT = 0.1
const MAX_LATENCY_MS = 60_000
/** What a broken answer looks like: cut off, a proxy's page, or an error under a good status. */
const BROKEN = ['cut', 'page', 'error'] as const

/** Answers one call as the conditions decide. Resolves when all is sent, or when the caller has gone. */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { call, scene }: { call: ApiCall; scene: Scene },
): Promise<void> {
  const fate = fateOf(scene.conditions, scene.random())
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const stage = { response, scene, signal: gone.signal }
  const hasKey = scene.apiKey === null || scene.api.keyOf(request.headers) === scene.apiKey
  try {
    if (fate === 'hang') await hang(stage, call)
    else if (fate === 'error') await sendServerError(stage)
    else if (!hasKey) sendError(stage, { status: 401, message: 'Incorrect API key provided' })
    else if (fate === 'rate_limit') sendRateLimit(stage)
    else await sendAnswer(stage, call, fate)
  } catch (error) {
    if (!gone.signal.aborted) throw error
  }
}

function sendError({ response, scene }: Stage, { status, message, headers = {} }: ApiError): void {
  sendJson(response, { status, headers, body: scene.api.errorBody(status, message) })
}

async function sendServerError(stage: Stage): Promise<void> {
  const { conditions, random } = stage.scene
  const status = oneOf(conditions.errorStatuses, random()) ?? 500
  await delay(latencyMs(stage.scene, ERROR_EFFORT), undefined, { signal: stage.signal })
  sendError(stage, { status, message: status === 529 ? 'Overloaded' : 'The server had an error' })
}

function sendRateLimit(stage: Stage): void {
  const { conditions, now } = stage.scene
  const headers = rateLimitHeaders(conditions.retryAfterFormat, conditions.retryAfterSeconds, now())
  sendError(stage, { status: 429, message: 'Rate limit reached', headers })
}

async function sendAnswer(stage: Stage, call: ApiCall, fate: Fate): Promise<void> {
  const { response, scene, signal } = stage
  const answer = scene.api.answer(call) ?? { status: 404, message: `No such endpoint: ${call.path}` }
  if ('status' in answer) return sendError(stage, answer)
  const waitMs = latencyMs(scene, scene.pace ?? answer.effort)
  if (answer.stream !== null) {
    const trouble = fate === 'reset' ? 'reset' : fate === 'bad_body' ? brokenKind(scene) : null
    return sendStream(stage, answer.stream, { waitMs, trouble })
  }
  await delay(waitMs, undefined, { signal })
  if (fate === 'reset') reset(stage, answer)
  else if (fate === 'bad_body') sendBroken(stage, answer)
  else sendJson(response, { body: answer.body })
}

/** Holds the call until the caller gives up: from the begin, or, of every other stream, after its first half. */
async function hang(stage: Stage, call: ApiCall): Promise<void> {
  const { scene } = stage
  const answer = scene.api.answer(call)
  if (answer === null || 'status' in answer || answer.stream === null || scene.random() < 0.5) return
  await sendStream(stage, answer.stream, { waitMs: latencyMs(scene, answer.effort), trouble: 'stall' })
}

/** Half of the resets come before the first byte, half in the middle of the body. */
function reset({ response, scene }: Stage, answer: ApiAnswer): void {
  const cut = () => {
    response.socket?.resetAndDestroy()
  }
  if (scene.random() < 0.5) return cut()
  const text = JSON.stringify(answer.body)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length })
  response.write(text.slice(0, text.length / 2), cut)
}

const brokenKind = ({ random }: Scene) => oneOf(BROKEN, random()) ?? 'cut'

function sendBroken({ response, scene }: Stage, answer: ApiAnswer): void {
  const text = JSON.stringify(answer.body)
  switch (brokenKind(scene)) {
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(text.slice(0, Math.ceil(text.length / 2)))
      return
    case 'page':
      return sendPage(response)
    case 'error':
      sendJson(response, { body: scene.api.errorBody(500, 'The server had an error') })
  }
}

const oneOf = <Item>(items: readonly Item[], roll: number): Item | undefined =>
  items[Math.floor(roll * items.length)]

function latencyMs({ conditions, random }: Scene, effort: number): number {
  const shape = { medianMs: conditions.medianMs * effort, sigma: conditions.sigma }
  return Math.min(logNormalMs(shape, [random(), random()]), MAX_LATENCY_MS)
}
