import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationMs, MAX_RETRY_AFTER_MS, retryAfterMs } from './retry-after.ts'

const NOW = Date.parse('2026-03-04T05:06:07Z')

describe('retryAfterMs', () => {
  it.each<[why: string, headers: Record<string, string>, ms: number | null]>([
    ['nothing said', {}, null],
    ['ms', { 'retry-after-ms': '1500' }, 1_500],
    ['Azure ms', { 'x-ms-retry-after-ms': '250' }, 250],
    ['seconds', { 'retry-after': '20' }, 20_000],
    ['parts of a second', { 'retry-after': '0.5' }, 500],
    ['spaces around', { 'retry-after': ' 7 ' }, 7_000],
    ['an HTTP-date', { 'retry-after': 'Wed, 04 Mar 2026 05:06:17 GMT' }, 10_000],
    ['the RFC 850 date', { 'retry-after': 'Wednesday, 04-Mar-26 05:06:17 GMT' }, 10_000],
    ['the asctime date', { 'retry-after': 'Wed Mar  4 05:06:17 2026' }, 10_000],
    ['a past date', { 'retry-after': 'Wed, 04 Mar 2026 05:06:00 GMT' }, null],
    ['zero', { 'retry-after': '0' }, null],
    ['a negative number', { 'retry-after': '-5' }, null],
    ['garbage', { 'retry-after': 'soon' }, null],
    ['garbage that Date.parse would read', { 'retry-after': 'in May 2030 GMT' }, null],
    ['an impossible date', { 'retry-after': 'Wed, 99 Mar 2026 05:06:17 GMT' }, null],
    ['an empty header', { 'retry-after': '' }, null],
    ['infinity', { 'retry-after': 'Infinity' }, null],
    ['more than an hour', { 'retry-after': '86400' }, MAX_RETRY_AFTER_MS],
    ['a date next year', { 'retry-after': 'Thu, 04 Mar 2027 05:06:17 GMT' }, MAX_RETRY_AFTER_MS],
    ['ms before seconds', { 'retry-after': '20', 'retry-after-ms': '1500' }, 1_500],
    ['Azure ms before seconds', { 'retry-after': '20', 'x-ms-retry-after-ms': '1500' }, 1_500],
    ['seconds after unusable ms', { 'retry-after': '20', 'retry-after-ms': 'soon' }, 20_000],
    ['a reset after a zero', { 'retry-after': '0', 'x-ratelimit-reset-requests': '12ms' }, 12],
    ['seconds before a reset', { 'retry-after': '2', 'x-ratelimit-reset-requests': '6m0s' }, 2_000],
    [
      'a reset in minutes',
      { 'x-ratelimit-reset-requests': '6m0s', 'x-ratelimit-remaining-requests': '0' },
      360_000,
    ],
    ['a reset in plain seconds', { 'x-ratelimit-reset-tokens': '4' }, 4_000],
    ['a reset of garbage', { 'x-ratelimit-reset-tokens': '6 minutes' }, null],
    [
      'the exhausted dimension, not the other',
      {
        'x-ratelimit-reset-requests': '6m0s',
        'x-ratelimit-remaining-requests': '99',
        'x-ratelimit-reset-tokens': '1.5s',
        'x-ratelimit-remaining-tokens': '0',
      },
      1_500,
    ],
    [
      'the longer of two exhausted dimensions',
      {
        'x-ratelimit-reset-requests': '3s',
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-tokens': '1s',
        'x-ratelimit-remaining-tokens': '0',
      },
      3_000,
    ],
    [
      'no dimension exhausted',
      { 'x-ratelimit-reset-requests': '6m0s', 'x-ratelimit-remaining-requests': '99' },
      null,
    ],
    [
      'an RFC 3339 reset',
      {
        'anthropic-ratelimit-requests-reset': '2026-03-04T05:06:27Z',
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-tokens-reset': '2026-03-04T06:00:00Z',
        'anthropic-ratelimit-tokens-remaining': '5000',
      },
      20_000,
    ],
    [
      'an RFC 3339 reset with an offset',
      { 'anthropic-ratelimit-output-tokens-reset': '2026-03-04T06:06:08+01:00' },
      1_000,
    ],
    [
      'an RFC 3339 reset in the past',
      { 'anthropic-ratelimit-input-tokens-reset': '2026-03-04T05:00:00Z' },
      null,
    ],
    ['a reset that is no time', { 'anthropic-ratelimit-requests-reset': '2026' }, null],
  ])('%s', (_why, headers, ms) => {
    expect(retryAfterMs(headers, NOW)).toBe(ms)
  })

  // Mutants killed: cap removed; a wait of 0 let through; form check before Date.parse removed.
  it('is null or between 1 ms and an hour, whatever a provider writes', () => {
    const names = [
      'retry-after',
      'retry-after-ms',
      'x-ratelimit-reset-tokens',
      'anthropic-ratelimit-tokens-reset',
    ]
    const text = fc.oneof(
      fc.string(),
      { weight: 4, arbitrary: fc.constantFrom('0', '-1', 'in May 2030 GMT', '1e9') },
      fc.double().map(String),
      fc.integer().map(String),
      fc.date().map((date) => date.toUTCString()),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.tuple(fc.nat(), fc.constantFrom('h', 'm', 's', 'ms', 'ns')).map(([n, unit]) => `${n}${unit}`),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), text), (headers) => {
        const wait = retryAfterMs(headers, NOW)
        if (Object.values(headers).every((value) => ['0', '-1', 'in May 2030 GMT', '1e9'].includes(value))) {
          expect(wait).toBeNull()
        }
        expect(wait === null || (wait >= 1 && wait <= MAX_RETRY_AFTER_MS && Number.isInteger(wait))).toBe(
          true,
        )
      }),
    )
  })
})

it('reads the oldest date form as GMT, wherever the machine stands', () => {
  const zone = process.env.TZ
  process.env.TZ = 'America/New_York'
  try {
    expect(retryAfterMs({ 'retry-after': 'Wed Mar  4 05:06:17 2026' }, NOW)).toBe(10_000)
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

describe('durationMs', () => {
  it.each<[text: string, ms: number | null]>([
    ['6m0s', 360_000],
    ['12ms', 12],
    ['1h2m3s', 3_723_000],
    ['2m59.56s', 179_560],
    ['500us', 0.5],
    ['1000000ns', 1],
    ['30', 30_000],
    ['', null],
    ['6m 0s', null],
    ['-3s', null],
    ['3 days', null],
  ])('reads %j as %s ms', (text, ms) => {
    const got = durationMs(text)
    if (ms === null) expect(got).toBeNull()
    else expect(got).toBeCloseTo(ms, 6)
  })
})
