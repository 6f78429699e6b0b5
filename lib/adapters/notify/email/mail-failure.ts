import type { Delivery } from '#lib/contract/channel.ts'
import { CallError, failureOf } from '../../http/failure.ts'
import { failedDelivery, unanswered } from '../post-message.ts'

/** What nodemailer adds to its errors, as far as it is there. */
type Facts = {
  code: string
  /** What the system or TLS called it. */
  originalCode: string
  command: string
  responseCode: number | null
  response: string
}

/** What nodemailer's own codes say, where no reply says more. A wait may help all but a server that cannot sign us in. */
const BY_CODE: Readonly<Record<string, readonly ['retry' | 'refused', words: string]>> = {
  EAUTH: ['refused', 'offers no way to sign in that is known here'],
  ETIMEDOUT: ['retry', 'did not answer in time'],
  ECONNECTION: ['retry', 'closed the connection'],
}

/**
 * What an error of a conversation with a mail server means: a 4xx reply is for now, a 5xx reply for good (RFC 5321,
 * 4.2.1), and without a reply it is the connection's trouble. Messages of errors are not passed on: they may repeat
 * what was sent.
 */
export function mailFailure(error: unknown, host: string, redacted: (text: string) => string): Delivery {
  const facts = factsOf(error)
  // Whatever was replied to STARTTLS: who cuts TLS out of a conversation on its way may be gone tomorrow.
  if (facts.code === 'ETLS') return unanswered('retry', `${host} offers no TLS that can be trusted.`)
  if (facts.responseCode !== null && facts.responseCode >= 400)
    return replied(facts, facts.responseCode, { host, redacted })
  const known = BY_CODE[facts.code]
  if (known !== undefined) return unanswered(known[0], `${host} ${known[1]}.`)
  const hasCause = facts.originalCode !== '' && !(error instanceof CallError)
  return failedDelivery(failureOf(hasCause ? { code: facts.originalCode } : error, 'request'), host)
}

function replied(
  { code, command, response }: Facts,
  status: number,
  { host, redacted }: { host: string; redacted: (text: string) => string },
): Delivery {
  const what = code === 'EAUTH' ? 'the user or password' : command === '' ? 'the mail' : command
  return {
    outcome: status >= 500 ? 'refused' : 'retry',
    status,
    answer: redacted(response).slice(0, 2_000),
    retryAfterMs: null,
    detail: `${host} answered ${status} to ${what}.`,
  }
}

function factsOf(error: unknown): Facts {
  const held = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    code: text(held.code),
    originalCode: text(held.originalCode),
    command: text(held.command),
    responseCode: typeof held.responseCode === 'number' ? held.responseCode : null,
    response: text(held.response),
  }
}
