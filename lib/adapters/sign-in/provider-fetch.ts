import type { CustomFetch, FetchBody } from 'openid-client'
import type { BodyInit, Response as GuardedResponse } from 'undici'
import { isThisMachine } from '#lib/domain/network-address.ts'
import { CallError, failed, failureOf } from '../http/failure.ts'
import type { GuardedFetch } from '../http/guarded-fetch.ts'
import { policyRefusal } from '../http/target-guard.ts'

/** No document of an identity provider is longer. */
const MOST_BYTES = 1_000_000

/**
 * How an identity provider is called: through the guard, never in plain text but to this machine, and with an answer
 * that is short. What goes wrong on the way is a `CallError`.
 */
export const providerFetch =
  (guarded: GuardedFetch['fetch']): CustomFetch =>
  async (url, { body, ...options }) => {
    const { protocol, hostname } = new URL(url)
    if (protocol === 'http:' && !isThisMachine(hostname))
      throw policyRefusal(`${hostname} would be called without TLS`)
    try {
      return await wholeAnswer(await guarded(url, { ...options, body: sent(body) }))
    } catch (error) {
      throw callErrorOf(error)
    }
  }

/** What openid-client sends is a form, or nothing. */
const sent = (body: FetchBody): BodyInit | null => (body instanceof URLSearchParams ? body.toString() : null)

async function wholeAnswer(answer: GuardedResponse): Promise<Response> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    // Leaving the loop gives up the connection.
    if (bytes > MOST_BYTES) throw new CallError(failed('body_too_large'))
    chunks.push(chunk)
  }
  const { status, headers } = answer
  return new Response(bytes === 0 ? null : Buffer.concat(chunks), { status, headers: [...headers] })
}

function callErrorOf(error: unknown): CallError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (error instanceof CallError) return error
  const isLate = error instanceof DOMException && error.name === 'TimeoutError'
  return new CallError(isLate ? failed('response_timeout') : failureOf(cause, 'request'))
}
