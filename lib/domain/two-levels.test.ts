import { describe, expect, it } from 'vitest'
import type { CircuitState } from './circuit.ts'
import { effectsOf, MODEL_TRAFFIC_MS, modelsBringDown } from './two-levels.ts'

type Blamed = Parameters<typeof effectsOf>[0]

const call = (part: Partial<Blamed>): Blamed => ({
  class: 'ok',
  kind: null,
  source: 'passive',
  model: 'gpt-4o',
  httpStatus: 200,
  completion: true,
  accountWide: false,
  ...part,
})

/** `S`uccess, `F`ailure, `-` neutral, `T`rip, with `c` where the wish to be left alone is meant for the circuit. */
const brief = (effects: ReturnType<typeof effectsOf>) =>
  [effects.provider, effects.model]
    .map((effect) => {
      if (effect === null) return 'none'
      const letter = { success: 'S', failure: 'F', neutral: '-', trip: 'T' }[effect.verdict]
      return effect.cools ? `${letter}c` : letter
    })
    .join(' ')

describe('Circuits 11: two levels', () => {
  it.each<[why: string, outcome: Partial<Blamed>, expected: string]>([
    ['ok counts on both', {}, 'S S'],
    [
      'a 5xx is the model’s; the provider answered',
      { class: 'provider_error', kind: 'http_status', httpStatus: 503 },
      'S Fc',
    ],
    ['a bad body is the model’s', { class: 'provider_error', kind: 'bad_body', httpStatus: 200 }, 'S Fc'],
    [
      'a stall after the headers is the model’s',
      { class: 'provider_error', kind: 'stalled', httpStatus: 200 },
      'S Fc',
    ],
    [
      'no answer in time is the model’s, and says nothing of the provider',
      { class: 'provider_error', kind: 'response_timeout', httpStatus: null },
      '- Fc',
    ],
    ['dns is the provider’s', { class: 'provider_error', kind: 'dns', httpStatus: null }, 'Fc -'],
    ['refused is the provider’s', { class: 'provider_error', kind: 'refused', httpStatus: null }, 'Fc -'],
    ['tls is the provider’s', { class: 'provider_error', kind: 'tls', httpStatus: null }, 'Fc -'],
    [
      'credentials open the provider’s',
      { class: 'credentials', kind: 'unauthorized', httpStatus: 401 },
      'T -',
    ],
    ['429 cools the model', { class: 'rate_limited', httpStatus: 429 }, 'S -c'],
    [
      '429 of the whole account cools the provider',
      { class: 'rate_limited', httpStatus: 429, accountWide: true },
      '-c -',
    ],
    [
      '429 of a check cools the provider',
      { class: 'rate_limited', httpStatus: 429, source: 'active', model: null },
      '-c none',
    ],
    ['a caller’s fault counts nowhere', { class: 'client_error', httpStatus: 400 }, '- -'],
    ['a client that left counts nowhere', { class: 'cancelled', httpStatus: null }, '- -'],
    ['our own fault counts nowhere', { class: 'internal', httpStatus: null }, '- -'],
    [
      'traffic without a model counts on the provider',
      { class: 'provider_error', httpStatus: 500, model: null },
      'Fc none',
    ],
    [
      'a check counts on the provider, whatever model it names',
      { class: 'provider_error', httpStatus: 500, source: 'active' },
      'Fc none',
    ],
  ])('%s', (_why, outcome, expected) => {
    expect(brief(effectsOf(call(outcome), false))).toBe(expected)
  })

  it.each<[why: string, outcome: Partial<Blamed>, expected: string]>([
    ['a completion closes', {}, 'S S'],
    [
      'a completion that failed re-opens, although HTTP answered',
      { class: 'provider_error', kind: 'http_status', httpStatus: 503 },
      'F Fc',
    ],
    ['a 429 is no verdict', { class: 'rate_limited', httpStatus: 429 }, '- -c'],
    ['a model list is no verdict', { source: 'active', model: null, completion: false }, '- none'],
    ['a completion check closes', { source: 'active', model: null }, 'S none'],
    ['refused fails', { class: 'provider_error', kind: 'refused', httpStatus: null }, 'Fc -'],
    ['credentials still trip', { class: 'credentials', httpStatus: 401, completion: false }, 'T -'],
  ])('opened by its models: %s', (_why, outcome, expected) => {
    expect(brief(effectsOf(call(outcome), true))).toBe(expected)
  })

  const NOW = 10 * MODEL_TRAFFIC_MS
  const models = (...states: CircuitState[]) => states.map((state) => ({ state, lastTrafficAt: NOW }))

  it.each<[models: ReturnType<typeof models>, expected: boolean]>([
    [[], false],
    [models('open'), true],
    [models('half_open'), true],
    [models('closed'), false],
    [models('open', 'closed'), false],
    [models('open', 'half_open'), true],
    [models('open', 'open', 'closed', 'closed'), true],
    [models('open', 'open', 'closed', 'closed', 'closed'), false],
    [[...models('open'), { state: 'closed', lastTrafficAt: NOW - MODEL_TRAFFIC_MS - 1 }], true],
    [[...models('open'), { state: 'closed', lastTrafficAt: NOW - MODEL_TRAFFIC_MS }], false],
  ])('models %j bring the provider down: %s', (given, expected) => {
    expect(modelsBringDown(given, NOW)).toBe(expected)
  })
})
