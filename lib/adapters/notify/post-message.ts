import type { Response } from 'undici'
import type { Delivery } from '#lib/contract/channel.ts'
import { statusWords } from '#lib/domain/error-words.ts'
import { retryAfterMs } from '#lib/domain/retry-after.ts'
import { failureOf, type Failure } from '../http/failure.ts'
import { redact } from '../http/redact.ts'
import { spanWords } from '../http/words.ts'
import type { Ways } from './channel-adapter.ts'

/** What is posted, to where. */
export type HttpMessage = { url: string; headers: Readonly<Record<string, string>>; body: string }

/** How much of an answer is read, in bytes, and how much of it is kept, in characters. */
const READ_BYTES = 65_536
const ANSWER_LENGTH = 2_000

/** Client errors that are over after a while. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429])

type Exchange = { secrets: readonly string[]; signal: AbortSignal; ways: Ways }

/**
 * Posts a message once and says how that ended. No redirect is followed: a POST would lose its body on most, and its
 * secrets were meant for the address that was given.
 */
export async function postMessage(message: HttpMessage, exchange: Exchange): Promise<Delivery> {
  const { secrets, ways } = exchange
  const host = URL.parse(message.url)?.host ?? null
  if (host === null) return unanswered('refused', 'The address is no URL.')
  const tooLate = AbortSignal.timeout(ways.httpMs)
  const signal = AbortSignal.any([exchange.signal, tooLate])
  let response: Response
  try {
    const { url, headers, body } = message
    response = await ways.fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
  } catch (error) {
    if (tooLate.aborted)
      return unanswered('retry', `${host} did not answer within ${spanWords(ways.httpMs)}.`)
    if (signal.aborted) return unanswered('retry', `The attempt was ended before ${host} answered.`)
    if (isUnsendable(error)) return unanswered('refused', `This cannot be asked of ${host} by HTTP.`)
    return failedDelivery(failureIn(error), host)
  }
  const answer = redact(await beginningOf(response), secrets).slice(0, ANSWER_LENGTH)
  return judged(response, { host, answer, now: ways.now() })
}

/** The delivery of what did not get as far as an answer. */
export function failedDelivery(failure: Failure, host: string): Delivery {
  const isOurs = failure.kind === 'refused_by_policy' || failure.kind === 'probe_misconfigured'
  return unanswered(isOurs ? 'refused' : 'retry', `No answer from ${host}: ${failure.message}.`)
}

/** An attempt that nobody has answered. */
export const unanswered = (outcome: 'retry' | 'refused', detail: string): Delivery => ({
  outcome,
  status: null,
  answer: '',
  retryAfterMs: null,
  detail,
})

/** Whether it was never tried: a header that is none, or a port that `fetch` calls nobody on (Fetch standard, 2.9). */
function isUnsendable(error: unknown): boolean {
  if (!(error instanceof TypeError)) return false
  return error.cause === undefined || (error.cause instanceof Error && error.cause.message === 'bad port')
}

/** Undici wraps what happened into a `TypeError` of its own. */
function failureIn(error: unknown): Failure {
  const cause = error instanceof Error ? error.cause : undefined
  return failureOf(cause ?? error, 'request')
}

/** The first of an answer's bytes as text. What breaks off later does not undo a status that was already given. */
async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      bytes += chunk.byteLength
      if (bytes >= READ_BYTES) break
    }
  } catch {
    // The status has told all that matters.
  }
  return Buffer.concat(chunks).subarray(0, READ_BYTES).toString('utf8')
}

function judged(response: Response, seen: { host: string; answer: string; now: number }): Delivery {
  const { status } = response
  const { host, answer } = seen
  const said = `${host} answered ${statusWords(status)}`
  if (status >= 200 && status < 300)
    return { outcome: 'delivered', status, answer, retryAfterMs: null, detail: `${host} took it.` }
  if (PASSING.has(status) || status >= 500) {
    const waitMs = retryAfterMs(Object.fromEntries(response.headers), seen.now)
    const wish = waitMs === null ? '' : ` and asks to be left alone for ${spanWords(waitMs)}`
    return { outcome: 'retry', status, answer, retryAfterMs: waitMs, detail: `${said}${wish}.` }
  }
  const hint = status >= 300 && status < 400 ? '; redirects are not followed' : ''
  return { outcome: 'refused', status, answer, retryAfterMs: null, detail: `${said}${hint}.` }
}
