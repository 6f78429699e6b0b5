/** Who is to blame for how a call ended. Every outcome has exactly one class, given once. */
export const OUTCOME_CLASSES = [
  'ok',
  'provider_error',
  'rate_limited',
  'credentials',
  'client_error',
  'cancelled',
  'internal',
] as const
export type OutcomeClass = (typeof OUTCOME_CLASSES)[number]

/** `active`: from our own checks. `passive`: from real traffic. */
export const OUTCOME_SOURCES = ['active', 'passive'] as const
export type OutcomeSource = (typeof OUTCOME_SOURCES)[number]

/** What went wrong, in the field's words; the class says who is to blame for it. */
export const ERROR_KINDS = [
  'dns',
  'refused',
  'unreachable',
  'connect_timeout',
  'tls',
  'reset',
  'response_timeout',
  'stalled',
  'body_broken',
  'body_too_large',
  'bad_body',
  'error_body',
  'http_status',
  'overloaded',
  'rate_limited',
  'unauthorized',
  'no_credit',
  'probe_misconfigured',
  'redirected',
  'secret_missing',
  'loop_stalled',
  'egress_down',
  'resources_exhausted',
  'client_gone',
  'client_deadline',
  'refused_by_policy',
] as const
export type ErrorKind = (typeof ERROR_KINDS)[number]

/** Kinds that mean the provider was never reached over HTTP; they are the provider's circuit's business, no model's. */
export const CONNECTION_KINDS: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'dns',
  'refused',
  'unreachable',
  'connect_timeout',
  'tls',
])

/** How long each part of a call took, in ms; null where it was not measured (a reused connection has no dns, connect or tls). */
export type Phases = {
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  firstByteMs: number | null
}

/** What a class needs to be told about: the verdict's facts. `message` is one line of at most 200 characters, free of secrets. */
export type Verdict = {
  class: OutcomeClass
  kind: ErrorKind | null
  message: string | null
  /** How long the provider asked us to stay away, in ms; null when it said nothing. */
  retryAfterMs: number | null
}

/** The result of one check or one upstream attempt, classified. `at` is its end, `startedAt` its begin, epoch ms. */
export type Outcome = Verdict & {
  providerId: string
  /** The model the call named; null for a check of the provider as a whole. */
  model: string | null
  source: OutcomeSource
  startedAt: number
  at: number
  /** Null when nothing was measured (a skipped or abandoned call). */
  latencyMs: number | null
  httpStatus: number | null
  phases: Phases | null
  /** Whether the call was a completion: the only kind of call that can close a circuit opened by its models. */
  completion: boolean
  /** For 429: whether the limit is the whole account's rather than the model's. */
  accountWide: boolean
}

/** Whether the class counts as a success, a failure, or not at all for health. */
export function healthVerdict(outcomeClass: OutcomeClass): 'success' | 'failure' | 'none' {
  switch (outcomeClass) {
    case 'ok':
      return 'success'
    case 'provider_error':
    case 'credentials':
      return 'failure'
    case 'rate_limited':
    case 'client_error':
    case 'cancelled':
    case 'internal':
      return 'none'
  }
}
