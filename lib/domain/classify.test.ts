import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classify, classifyReported, type ClassifyContext, neverConnected } from './classify.ts'
import { ERROR_WORDS } from './error-words.ts'
import { ERROR_KINDS, type ErrorKind, OUTCOME_CLASSES, type OutcomeClass } from './outcome.ts'
import type { RawResult } from './raw-result.ts'

const NOW = Date.parse('2026-03-04T05:06:07Z')

const context = (over: Partial<ClassifyContext> = {}): ClassifyContext => ({
  source: 'active',
  loopDelayMs: 0,
  timeoutMs: 10_000,
  egress: 'unknown',
  nowMs: NOW,
  ...over,
})

const raw = (over: Partial<RawResult> = {}): RawResult => ({
  startedAt: NOW - 100,
  endedAt: NOW,
  phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null },
  httpStatus: 200,
  headers: {},
  failure: null,
  errorCode: null,
  excerpt: null,
  usage: null,
  ...over,
})

const failed = (kind: ErrorKind, over: Partial<RawResult> = {}) =>
  raw({ httpStatus: null, failure: { kind, message: `about ${kind}` }, ...over })

const answer = (httpStatus: number, over: Partial<RawResult> = {}) => raw({ httpStatus, ...over })

describe('classify: whom an answer blames', () => {
  type Row = [
    why: string,
    raw: RawResult,
    active: [OutcomeClass, ErrorKind | null],
    passive?: [OutcomeClass, ErrorKind | null],
  ]
  it.each<Row>([
    ['200', answer(200), ['ok', null]],
    ['204', answer(204), ['ok', null]],
    ['no HTTP at all, as a tcp probe', answer(200, { httpStatus: null }), ['ok', null]],
    ['the status that was asked for', answer(404, { statusExpected: true }), ['ok', null]],
    ['500', answer(500), ['provider_error', 'http_status']],
    ['502', answer(502), ['provider_error', 'http_status']],
    ['503', answer(503), ['provider_error', 'http_status']],
    ['529', answer(529), ['provider_error', 'overloaded']],
    [
      '503 that says overloaded',
      answer(503, { errorCode: 'overloaded_error' }),
      ['provider_error', 'overloaded'],
    ],
    ['429', answer(429), ['rate_limited', 'rate_limited']],
    ['429 without credit', answer(429, { errorCode: 'insufficient_quota' }), ['credentials', 'no_credit']],
    ['400 without credit', answer(400, { errorCode: 'INSUFFICIENT_QUOTA' }), ['credentials', 'no_credit']],
    [
      '400 whose text says that credit is gone',
      answer(400, {
        errorCode: 'invalid_request_error',
        excerpt: 'Your credit balance is too low to access the API',
      }),
      ['credentials', 'no_credit'],
    ],
    [
      '429 with a quota in its text only',
      answer(429, { excerpt: 'You exceeded your current quota' }),
      ['rate_limited', 'rate_limited'],
    ],
    ['401', answer(401), ['credentials', 'unauthorized']],
    ['402', answer(402), ['credentials', 'no_credit']],
    ['403', answer(403), ['credentials', 'unauthorized']],
    ['400 for a bad key', answer(400, { errorCode: 'API_KEY_INVALID' }), ['credentials', 'unauthorized']],
    ['400', answer(400), ['credentials', 'probe_misconfigured'], ['client_error', 'http_status']],
    ['404', answer(404), ['credentials', 'probe_misconfigured'], ['client_error', 'http_status']],
    ['405', answer(405), ['credentials', 'probe_misconfigured'], ['client_error', 'http_status']],
    ['409', answer(409), ['credentials', 'probe_misconfigured'], ['client_error', 'http_status']],
    ['413', answer(413), ['credentials', 'probe_misconfigured'], ['client_error', 'http_status']],
    ['422', answer(422), ['credentials', 'probe_misconfigured'], ['client_error', 'http_status']],
    ['408', answer(408), ['provider_error', 'http_status']],
    ['498', answer(498), ['provider_error', 'http_status']],
    ['304', answer(304), ['provider_error', 'redirected']],
    ['a redirect elsewhere', failed('redirected', { httpStatus: 302 }), ['provider_error', 'redirected']],
    ['200 with an error in it', failed('error_body', { httpStatus: 200 }), ['provider_error', 'error_body']],
    ['200 with a bad body', failed('bad_body', { httpStatus: 200 }), ['provider_error', 'bad_body']],
    ['a body too large', failed('body_too_large', { httpStatus: 200 }), ['provider_error', 'body_too_large']],
    ['a body that broke off', failed('body_broken', { httpStatus: 200 }), ['provider_error', 'body_broken']],
    ['a stall', failed('stalled', { httpStatus: 200 }), ['provider_error', 'stalled']],
    ['dns', failed('dns'), ['provider_error', 'dns']],
    ['refused', failed('refused'), ['provider_error', 'refused']],
    ['unreachable', failed('unreachable'), ['provider_error', 'unreachable']],
    ['connect time-out', failed('connect_timeout'), ['provider_error', 'connect_timeout']],
    ['tls', failed('tls'), ['provider_error', 'tls']],
    ['reset', failed('reset'), ['provider_error', 'reset']],
    ['response time-out', failed('response_timeout'), ['provider_error', 'response_timeout']],
    ['a key that is not set', failed('secret_missing'), ['credentials', 'secret_missing']],
    ['a probe that cannot be run', failed('probe_misconfigured'), ['credentials', 'probe_misconfigured']],
    ['no descriptors', failed('resources_exhausted'), ['internal', 'resources_exhausted']],
    ['no route', failed('egress_down'), ['internal', 'egress_down']],
    ['a policy that refuses', failed('refused_by_policy'), ['internal', 'refused_by_policy']],
    ['the client left', failed('client_gone'), ['cancelled', 'client_gone']],
    ["the client's deadline", failed('client_deadline'), ['cancelled', 'client_deadline']],
  ])('%s', (_why, result, ...[active, passive = active]) => {
    for (const [source, [outcomeClass, kind]] of [
      ['active', active],
      ['passive', passive],
    ] as const) {
      expect(classify(result, context({ source }))).toMatchObject({ class: outcomeClass, kind })
    }
  })

  it('says it in words an operator understands', () => {
    expect(classify(answer(502), context()).message).toBe('502 bad gateway')
    expect(classify(answer(418), context()).message).toBe('probe misconfigured: status 418')
    expect(classify(answer(404, { excerpt: 'no such model' }), context()).message).toBe(
      'probe misconfigured: 404 not found: no such model',
    )
    expect(
      classify(failed('refused', { failure: { kind: 'refused', message: '' } }), context()).message,
    ).toBe('connect refused')
    expect(classify(answer(500, { excerpt: 'x\n '.repeat(500) }), context()).message).toHaveLength(200)
  })
})

describe('classify: Retry-After', () => {
  it('cools for 30 s under a 429 that names nothing', () => {
    expect(classify(answer(429), context()).retryAfterMs).toBe(30_000)
    expect(classify(failed('rate_limited'), context()).retryAfterMs).toBe(30_000)
  })

  it('cools for as long as the provider says, a dated wait against the wall clock', () => {
    const headers = { 'retry-after': 'Wed, 04 Mar 2026 05:06:17 GMT' }
    expect(classify(answer(429, { headers }), context()).retryAfterMs).toBe(10_000)
    expect(classify(answer(429, { headers }), context({ nowMs: NOW + 4_000 })).retryAfterMs).toBe(6_000)
  })

  it('cools after a provider error only where one is named', () => {
    expect(classify(answer(503), context()).retryAfterMs).toBeNull()
    expect(classify(answer(503, { headers: { 'retry-after': '7' } }), context()).retryAfterMs).toBe(7_000)
    expect(classify(failed('error_body', { headers: { 'retry-after': '7' } }), context()).retryAfterMs).toBe(
      7_000,
    )
  })

  it('never cools for credentials, a client error or our own fault', () => {
    const headers = { 'retry-after': '7' }
    expect(classify(answer(401, { headers }), context()).retryAfterMs).toBeNull()
    expect(classify(answer(404, { headers }), context({ source: 'passive' })).retryAfterMs).toBeNull()
    expect(classify(failed('resources_exhausted', { headers }), context()).retryAfterMs).toBeNull()
    expect(classify(failed('reset', { headers }), context({ loopDelayMs: 9_000 })).retryAfterMs).toBeNull()
  })
})

describe('classify: our own faults', () => {
  it.each<[loopDelayMs: number, timeoutMs: number, outcomeClass: OutcomeClass]>([
    [250, 1_000, 'provider_error'],
    [251, 1_000, 'internal'],
    [1_000, 10_000, 'provider_error'],
    [1_001, 10_000, 'internal'],
  ])('an event loop %i ms late in a time-out of %i ms: %s', (loopDelayMs, timeoutMs, outcomeClass) => {
    expect(classify(failed('response_timeout'), context({ loopDelayMs, timeoutMs })).class).toBe(outcomeClass)
  })

  it.each([
    'connect_timeout',
    'response_timeout',
    'stalled',
    'reset',
    'body_broken',
    'client_deadline',
  ] as const)('a late loop excuses %s', (kind) => {
    const verdict = classify(failed(kind), context({ loopDelayMs: 5_000 }))
    expect(verdict).toMatchObject({ class: 'internal', kind: 'loop_stalled' })
    expect(verdict.message).toBe(`event loop 5000 ms late: about ${kind}`)
  })

  it('a late loop does not take back what an answer says', () => {
    const late = context({ loopDelayMs: 5_000 })
    expect(classify(answer(200), late).class).toBe('ok')
    expect(classify(answer(503), late).class).toBe('provider_error')
    expect(classify(answer(401), late).class).toBe('credentials')
    expect(classify(failed('bad_body', { httpStatus: 200 }), late).class).toBe('provider_error')
    expect(classify(failed('refused'), late).class).toBe('provider_error')
  })

  it.each(['dns', 'refused', 'unreachable', 'connect_timeout'] as const)('no egress excuses %s', (kind) => {
    expect(classify(failed(kind), context({ egress: 'down' }))).toMatchObject({
      class: 'internal',
      kind: 'egress_down',
      message: `no network here: about ${kind}`,
    })
    expect(classify(failed(kind), context({ egress: 'up' })).class).toBe('provider_error')
  })

  it('no egress excuses nothing that came over the network', () => {
    const down = context({ egress: 'down' })
    expect(classify(failed('response_timeout'), down).class).toBe('provider_error')
    expect(classify(failed('tls'), down).class).toBe('provider_error')
    expect(classify(answer(500), down).class).toBe('provider_error')
  })

  it('no route is the host, not us, while the outside is reachable', () => {
    expect(classify(failed('egress_down'), context({ egress: 'up' }))).toMatchObject({
      class: 'provider_error',
      kind: 'unreachable',
    })
  })
})

describe('classify: always', () => {
  const anyRaw = fc.record({
    httpStatus: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(null, 200, 400, 404, 429, 503)),
    errorCode: fc.option(fc.constantFrom('insufficient_quota', 'overloaded_error', 'x'), { nil: null }),
    excerpt: fc.option(fc.string({ maxLength: 400 }), { nil: null }),
    headers: fc.dictionary(
      fc.constantFrom('retry-after', 'retry-after-ms'),
      fc.constantFrom('0', '7', 'soon'),
    ),
    failure: fc.option(
      fc.record({ kind: fc.constantFrom(...ERROR_KINDS), message: fc.string({ maxLength: 400 }) }),
      { nil: null },
    ),
  })
  const anyContext = fc.record({
    source: fc.constantFrom('active' as const, 'passive' as const),
    loopDelayMs: fc.nat(20_000),
    egress: fc.constantFrom('up' as const, 'down' as const, 'unknown' as const),
  })

  // Mutants killed: waits kept for credentials; either 30 s default dropped; client_error for active.
  it('gives one class, a kind for all but ok, a short line, and a wait only to those who may cool', () => {
    fc.assert(
      fc.property(anyRaw, anyContext, (over, facts) => {
        const verdict = classify(raw(over), context(facts))
        expect(OUTCOME_CLASSES).toContain(verdict.class)
        expect(verdict.kind === null).toBe(verdict.class === 'ok')
        expect(verdict.message === null).toBe(verdict.class === 'ok')
        expect((verdict.message ?? '').length).toBeLessThanOrEqual(200)
        if (verdict.class === 'rate_limited') expect(verdict.retryAfterMs).not.toBeNull()
        else if (verdict.class !== 'provider_error') expect(verdict.retryAfterMs).toBeNull()
        if (facts.source === 'active') expect(verdict.class).not.toBe('client_error')
      }),
    )
  })
})

describe('classifyReported', () => {
  type Reported = Parameters<typeof classifyReported>[0]
  it.each<
    [
      why: string,
      reported: Reported,
      outcomeClass: OutcomeClass,
      kind: ErrorKind | null,
      waitMs: number | null,
    ]
  >([
    ['a good status', { httpStatus: 200 }, 'ok', null, null],
    ['a bad status', { httpStatus: 502 }, 'provider_error', 'http_status', null],
    ['404 is the client', { httpStatus: 404 }, 'client_error', 'http_status', null],
    ['401', { httpStatus: 401 }, 'credentials', 'unauthorized', null],
    ['429', { httpStatus: 429 }, 'rate_limited', 'rate_limited', 30_000],
    ['429 with its wait', { httpStatus: 429, retryAfterMs: 1_200 }, 'rate_limited', 'rate_limited', 1_200],
    ['an hour at most', { httpStatus: 429, retryAfterMs: 9e9 }, 'rate_limited', 'rate_limited', 3_600_000],
    ['503 with its wait', { httpStatus: 503, retryAfterMs: 500 }, 'provider_error', 'http_status', 500],
    ['an error', { error: 'stalled' }, 'provider_error', 'stalled', null],
    [
      'an error after a good status',
      { httpStatus: 200, error: 'stalled' },
      'provider_error',
      'stalled',
      null,
    ],
    ['no credit under 429', { httpStatus: 429, error: 'no_credit' }, 'credentials', 'no_credit', null],
    [
      'an error that only repeats the status',
      { httpStatus: 404, error: 'http_status' },
      'client_error',
      'http_status',
      null,
    ],
    ['a class alone', { class: 'provider_error' }, 'provider_error', null, null],
    ['a class over a status', { class: 'client_error', httpStatus: 500 }, 'client_error', null, null],
    ['a class with its error', { class: 'internal', error: 'client_gone' }, 'internal', 'client_gone', null],
    ['a class ok', { class: 'ok', httpStatus: 500, error: 'reset' }, 'ok', null, null],
    ['a class rate_limited', { class: 'rate_limited' }, 'rate_limited', null, 30_000],
    [
      'a class agreeing with its status',
      { class: 'provider_error', httpStatus: 502 },
      'provider_error',
      'http_status',
      null,
    ],
    ['the client left', { error: 'client_gone' }, 'cancelled', 'client_gone', null],
  ])('%s', (_why, reported, ...[outcomeClass, kind, retryAfterMs]) => {
    expect(classifyReported(reported)).toMatchObject({ class: outcomeClass, kind, retryAfterMs })
  })

  it('has words for every kind', () => {
    for (const error of ERROR_KINDS) expect(classifyReported({ error }).message).toBe(ERROR_WORDS[error])
    expect(classifyReported({ httpStatus: 502 }).message).toBe('502 bad gateway')
  })
})

describe('neverConnected', () => {
  it('asks the canary only about failures before HTTP', () => {
    expect(
      ['dns', 'refused', 'connect_timeout', 'egress_down'].map((kind) =>
        neverConnected(failed(kind as ErrorKind)),
      ),
    ).toEqual([true, true, true, true])
    expect([raw(), answer(500), failed('reset'), failed('response_timeout')].some(neverConnected)).toBe(false)
  })
})
