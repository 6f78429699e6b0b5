import { describe, expect, it } from 'vitest'
import type { ChannelState, Delivery } from '#lib/contract/channel.ts'
import { answerWords, channelFieldLabel, channelHealth, whereWords } from './channel-words.ts'
import { requestText } from './request-text.ts'

const AT = '2026-11-28T10:00:00.000Z'
const answer = (over: Partial<Delivery> = {}): Delivery => ({
  outcome: 'delivered',
  status: 200,
  answer: 'ok',
  retryAfterMs: null,
  detail: 'It answered 200.',
  ...over,
})
const health = (over: Partial<ChannelState['health']> = {}): ChannelState['health'] => ({
  asOf: AT,
  waiting: 0,
  failures: 0,
  pausedUntil: null,
  last: { at: AT, result: answer() },
  ...over,
})
const lastOf = (over: Partial<Delivery>) => ({ at: AT, result: answer(over) })

describe('how a channel does', () => {
  it.each<[why: string, enabled: boolean, health: ChannelState['health'], state: string, text: string]>([
    ['turned off', false, health(), 'disabled', 'turned off'],
    ['never used', true, health({ last: null }), 'unknown', 'nothing sent yet'],
    [
      'never used, with a queue',
      true,
      health({ last: null, waiting: 2 }),
      'unknown',
      'nothing sent yet · 2 waiting',
    ],
    ['well', true, health(), 'healthy', 'delivered, 200'],
    [
      'not answering for a moment',
      true,
      health({ failures: 1, waiting: 4, last: lastOf({ outcome: 'retry', status: null }) }),
      'degraded',
      'did not get through · 1 failure in a row · 4 waiting',
    ],
    [
      'not answering for long',
      true,
      health({ failures: 3, last: lastOf({ outcome: 'retry', status: 503 }) }),
      'unhealthy',
      'did not get through, 503 · 3 failures in a row',
    ],
    [
      'refusing',
      true,
      health({ failures: 1, last: lastOf({ outcome: 'refused', status: 404 }) }),
      'unhealthy',
      'refused, 404 · 1 failure in a row',
    ],
  ])('%s', (_why, enabled, given, state, text) => {
    expect(channelHealth({ enabled, health: given })).toMatchObject({ state, text })
  })

  it('says when it was tried last, and until when it is left alone', () => {
    expect(channelHealth({ enabled: true, health: health({ pausedUntil: AT }) })).toMatchObject({
      lastAt: AT,
      pausedUntil: AT,
    })
    expect(channelHealth({ enabled: true, health: health({ last: null }) }).lastAt).toBeNull()
  })

  it('says no status where there was no answer', () => {
    expect(answerWords(answer({ outcome: 'retry', status: null }))).toBe('did not get through')
  })
})

it('says where a channel leads without its secret address', () => {
  expect(whereWords({ kind: 'webhook', settings: { form: 'teams' } })).toBe('Webhook · Microsoft Teams')
  expect(whereWords({ kind: 'slack', settings: {} })).toBe('Slack')
  expect(whereWords({ kind: 'pagerduty', settings: { baseUrl: 'https://pd.example.com' } })).toBe(
    'PagerDuty · https://pd.example.com',
  )
  expect(
    whereWords({ kind: 'email', settings: { to: ['a@example.com', 'b@example.com', 'c@example.com'] } }),
  ).toBe('E-mail · a@example.com, b@example.com and 1 more')
})

it('calls fields as the form does', () => {
  expect(channelFieldLabel('email', 'settings.to.1')).toBe('To')
  expect(channelFieldLabel('email', 'secrets.password.secret')).toBe('Password')
  expect(channelFieldLabel('slack', 'name')).toBe('Name')
  expect(channelFieldLabel('slack', 'elsewhere.x')).toBe('elsewhere.x')
})

describe('a request that would be sent', () => {
  const request = { method: 'POST', url: 'https://a', headers: { 'content-type': 'x' }, html: null }

  it('is set out where it is JSON', () => {
    expect(requestText({ ...request, body: '{"a":1}' })).toBe(
      'POST https://a\ncontent-type: x\n\n{\n  "a": 1\n}',
    )
  })

  it('is left as it is where it is none, with the HTML of a mail behind', () => {
    expect(requestText({ ...request, body: 'plain', html: '<p>' })).toBe(
      'POST https://a\ncontent-type: x\n\nplain\n\n<p>',
    )
  })
})
