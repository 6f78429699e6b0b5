import { ERROR_WORDS, oneLine } from './error-words.ts'
import { CONNECTION_KINDS } from './outcome.ts'
import type { ErrorKind, OutcomeClass, OutcomeSource, Verdict } from './outcome.ts'
import type { RawResult } from './raw-result.ts'
import { DEFAULT_RATE_LIMIT_WAIT_MS, MAX_RETRY_AFTER_MS, retryAfterMs } from './retry-after.ts'
import { statusVerdict } from './status-verdict.ts'

/** What is known about ourselves while the call ran; `nowMs` is the wall clock, against which dates in answers count. */
export type ClassifyContext = {
  source: OutcomeSource
  /** The longest the event loop was late during the call, in ms. */
  loopDelayMs: number
  /** The call's whole time-out, in ms. */
  timeoutMs: number
  /** Whether anything outside could be reached when the call failed; `unknown` for a provider in a private network. */
  egress: 'up' | 'down' | 'unknown'
  nowMs: number
}

/** Whom a kind blames when no status says more. */
const KIND_CLASS: Readonly<Record<ErrorKind, OutcomeClass>> = {
  dns: 'provider_error',
  refused: 'provider_error',
  unreachable: 'provider_error',
  connect_timeout: 'provider_error',
  tls: 'provider_error',
  reset: 'provider_error',
  response_timeout: 'provider_error',
  stalled: 'provider_error',
  body_broken: 'provider_error',
  body_too_large: 'provider_error',
  bad_body: 'provider_error',
  error_body: 'provider_error',
  http_status: 'provider_error',
  overloaded: 'provider_error',
  rate_limited: 'rate_limited',
  unauthorized: 'credentials',
  no_credit: 'credentials',
  probe_misconfigured: 'credentials',
  redirected: 'provider_error',
  // A key that is not set is ours to mend, but `internal` would count for nothing and so hide a provider that cannot
  // be used at all; as `credentials` it shows, opens the circuit, and says which key is missing.
  secret_missing: 'credentials',
  loop_stalled: 'internal',
  egress_down: 'internal',
  resources_exhausted: 'internal',
  client_gone: 'cancelled',
  client_deadline: 'cancelled',
  refused_by_policy: 'internal',
}

/** Failures that a late event loop can cause by itself: what was there in time was read too late. */
const LATENESS_KINDS: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'dns',
  'connect_timeout',
  'tls',
  'reset',
  'response_timeout',
  'stalled',
  'body_broken',
  'client_deadline',
])

/** Failures that a dead network on our side looks like. */
const EGRESS_KINDS: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'dns',
  'refused',
  'unreachable',
  'connect_timeout',
])

/**
 * Who is to blame for how a call ended: the one place where that is decided. An answer that arrived speaks for
 * itself; our own faults excuse only a failure that they can have caused.
 */
export function classify(raw: RawResult, context: ClassifyContext): Verdict {
  const { failure } = raw
  if (failure !== null) return failureVerdict(raw, failure, context)
  // Most answers are good ones: their headers need not be read.
  const { httpStatus } = raw
  if (httpStatus === null || raw.statusExpected === true || (httpStatus >= 200 && httpStatus < 300)) return OK
  return statusVerdict({
    status: httpStatus,
    errorCode: raw.errorCode,
    excerpt: raw.excerpt,
    retryAfterMs: retryAfterMs(raw.headers, context.nowMs),
    source: context.source,
  })
}

const OK: Verdict = { class: 'ok', kind: null, message: null, retryAfterMs: null }

function failureVerdict(
  raw: RawResult,
  failure: NonNullable<RawResult['failure']>,
  context: ClassifyContext,
): Verdict {
  const message = oneLine(failure.message === '' ? ERROR_WORDS[failure.kind] : failure.message)
  if (LATENESS_KINDS.has(failure.kind) && isLoopLate(context.loopDelayMs, context.timeoutMs)) {
    const late = `event loop ${Math.round(context.loopDelayMs)} ms late`
    return internal('loop_stalled', `${late}: ${message}`)
  }
  if (context.egress === 'down' && EGRESS_KINDS.has(failure.kind)) {
    return internal('egress_down', `${ERROR_WORDS.egress_down}: ${message}`)
  }
  // Our own network says "no way there", yet the outside is reachable: then it is this host that is not.
  const kind = failure.kind === 'egress_down' && context.egress === 'up' ? 'unreachable' : failure.kind
  const outcomeClass = KIND_CLASS[kind]
  return { class: outcomeClass, kind, message, retryAfterMs: namedWaitMs(raw, outcomeClass, context.nowMs) }
}

/** Whether the event loop was late by more than max(250 ms, 10 % of the time-out). */
export const isLoopLate = (loopDelayMs: number, timeoutMs: number): boolean =>
  loopDelayMs > Math.max(250, timeoutMs * 0.1)

function namedWaitMs(raw: RawResult, outcomeClass: OutcomeClass, nowMs: number): number | null {
  if (outcomeClass === 'rate_limited') return retryAfterMs(raw.headers, nowMs) ?? DEFAULT_RATE_LIMIT_WAIT_MS
  return outcomeClass === 'provider_error' ? retryAfterMs(raw.headers, nowMs) : null
}

const internal = (kind: ErrorKind, message: string): Verdict => ({
  class: 'internal',
  kind,
  message: oneLine(message),
  retryAfterMs: null,
})

/** How an outcome came in from outside: at least one of class, status and error. */
export type ReportedFacts = {
  class?: OutcomeClass | undefined
  httpStatus?: number | undefined
  error?: ErrorKind | undefined
  retryAfterMs?: number | undefined
}

/**
 * The verdict on an outcome that a gateway of somebody else's reports. Its own class wins, then the status where one
 * arrived, then the kind of error; with none of them nothing went wrong.
 */
export function classifyReported(reported: ReportedFacts): Verdict {
  const judged = judgeReported(reported)
  const outcomeClass = reported.class ?? judged.class
  if (outcomeClass === 'ok') return OK
  const agrees = outcomeClass === judged.class
  const kind = reported.error ?? (agrees ? judged.kind : null)
  return {
    class: outcomeClass,
    kind,
    message: agrees ? judged.message : kind === null ? null : ERROR_WORDS[kind],
    retryAfterMs: reportedWaitMs(outcomeClass, reported.retryAfterMs),
  }
}

function judgeReported({ httpStatus, error }: ReportedFacts): Verdict {
  const status =
    httpStatus === undefined
      ? null
      : statusVerdict({
          status: httpStatus,
          errorCode: null,
          excerpt: null,
          retryAfterMs: null,
          source: 'passive',
        })
  // A stall or a broken body comes after a good status, so there the error knows more; so does "no credit" of a 429.
  const errorKnowsMore = error !== undefined && error !== 'http_status'
  if (status !== null && !errorKnowsMore) return status
  if (error === undefined) return OK
  return { class: KIND_CLASS[error], kind: error, message: ERROR_WORDS[error], retryAfterMs: null }
}

function reportedWaitMs(outcomeClass: OutcomeClass, waitMs: number | undefined): number | null {
  const named = waitMs !== undefined && waitMs > 0 ? Math.min(waitMs, MAX_RETRY_AFTER_MS) : null
  if (outcomeClass === 'rate_limited') return named ?? DEFAULT_RATE_LIMIT_WAIT_MS
  return outcomeClass === 'provider_error' ? named : null
}

/** Whether a raw failure means that the provider was not reached at all, so that the canary is worth asking. */
export const neverConnected = (raw: RawResult): boolean =>
  raw.failure !== null && (CONNECTION_KINDS.has(raw.failure.kind) || raw.failure.kind === 'egress_down')
