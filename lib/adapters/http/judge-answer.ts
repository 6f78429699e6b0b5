import { oneLine } from '#lib/domain/error-words.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { rateLimitHeaders } from '#lib/domain/rate-limit-headers.ts'
import { bodyText } from './decode-body.ts'
import { type ErrorAnswer, readErrorAnswer } from '#lib/domain/error-answer.ts'
import type { Exchanged } from './exchange.ts'
import { failed } from './failure.ts'
import { type HttpPlan, MAX_BODY_BYTES, type Reading } from './probe-plan.ts'
import { bad } from './read-json.ts'
import { redact } from './redact.ts'

/** The part of a raw result that an exchange decides. */
type Judged = Partial<RawResult>

/** What an answer, or its absence, means for the probe that asked; nothing in it shows a secret. */
export function judgeAnswer(exchanged: Exchanged, plan: HttpPlan, secrets: readonly string[]): Judged {
  const { status, failure } = exchanged
  if (status === null || failure?.kind === 'client_gone') return { httpStatus: status, failure }
  const headers = rateLimitHeaders(exchanged.headers)
  if (!isAccepted(status, plan)) return { httpStatus: status, headers, ...refusal(exchanged, plan, secrets) }
  if (failure !== null) return { httpStatus: status, headers, failure }
  const reading = readBody(exchanged, plan)
  const said = excerptOf(reading.error, secrets)
  return {
    httpStatus: status,
    headers,
    usage: reading.usage,
    ...said,
    failure: reading.failure === null ? null : withExcerpt(reading.failure, said.excerpt),
    ...(plan.expectStatus === status ? { statusExpected: true } : {}),
  }
}

function isAccepted(status: number, { expectStatus }: HttpPlan): boolean {
  return expectStatus === null ? status >= 200 && status < 300 : status === expectStatus
}

/** An error answer speaks by its status, also where its body broke off. */
function refusal(exchanged: Exchanged, plan: HttpPlan, secrets: readonly string[]): Judged {
  const status = exchanged.status ?? 0
  if (status >= 200 && status < 300) {
    return {
      failure: failed('http_status', `${status} where ${plan.expectStatus ?? 'another status'} was expected`),
    }
  }
  const text = bodyText(exchanged.body, exchanged.headers['content-encoding'], MAX_BODY_BYTES)
  return excerptOf(text === null ? null : readErrorAnswer(text), secrets)
}

function readBody(exchanged: Exchanged, plan: HttpPlan): Reading {
  const text = bodyText(exchanged.body, exchanged.headers['content-encoding'], MAX_BODY_BYTES)
  return text === null ? bad('answer cannot be unpacked') : plan.read(text)
}

function excerptOf(
  error: ErrorAnswer | null,
  secrets: readonly string[],
): { errorCode: string | null; excerpt: string | null } {
  if (error === null) return { errorCode: null, excerpt: null }
  return {
    errorCode: error.code === null ? null : redact(error.code, secrets),
    excerpt: error.message === null ? null : oneLine(redact(error.message, secrets)),
  }
}

function withExcerpt(failure: NonNullable<RawResult['failure']>, excerpt: string | null) {
  return excerpt === null ? failure : { ...failure, message: oneLine(`${failure.message}: ${excerpt}`) }
}
