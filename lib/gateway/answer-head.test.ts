import { describe, expect, it } from 'vitest'
import { answerHead, type HeadFacts } from './answer-head.ts'

const FACTS: HeadFacts = {
  requestId: 'request-1',
  decisionId: 'decision-1',
  providerId: 'acme',
  attempts: 2,
  totalMs: 12.34,
  upstreamMs: 11,
  isReplayOff: false,
}

describe('the head of an answer', () => {
  it('tells of the way, and then what the provider said', () => {
    expect(answerHead(FACTS, { 'content-type': 'application/json' })).toEqual([
      ...['x-request-id', 'request-1', 'x-switchyard-attempts', '2'],
      ...['server-timing', 'total;dur=12.3, upstream;dur=11'],
      ...['x-switchyard-decision', 'decision-1', 'x-switchyard-provider', 'acme'],
      ...['content-type', 'application/json'],
    ])
  })

  it.each([
    [0, '0'],
    [0.04, '0'],
    [0.05, '0.1'],
    [0.96, '1'],
    [9.99, '10'],
    [10.1, '10.1'],
    [299_999.94, '299999.9'],
  ])('tells %d ms to a tenth: %s', (totalMs, text) => {
    const head = answerHead({ ...FACTS, totalMs, upstreamMs: null }, {})
    expect(head[head.indexOf('server-timing') + 1]).toBe(`total;dur=${text}`)
  })
})
