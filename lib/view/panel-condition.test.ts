import { describe, expect, it } from 'vitest'
import { dataCondition, isBlocking, isDimmed, type PanelFacts } from './panel-condition.ts'

const facts: PanelFacts = { asOf: 1_000, now: 2_000, error: null }
const error = { text: 'The server cannot be reached.', requestId: null }

describe('dataCondition', () => {
  it.each<[string, Partial<PanelFacts>, string]>([
    ['nothing yet is loading', { asOf: null }, 'loading'],
    ['nothing and an error is failed', { asOf: null, error }, 'failed'],
    ['young data is ready', {}, 'ready'],
    ['young data on its way again says so', { refreshing: true }, 'refreshing'],
    ['20 s is still fresh', { now: 21_000 }, 'ready'],
    ['over 20 s is stale', { now: 21_001 }, 'stale'],
    ['60 s is still stale', { now: 61_000 }, 'stale'],
    ['over 60 s is unknown', { now: 61_001 }, 'unknown'],
    ['old data without the server is disconnected', { now: 21_001, disconnected: true }, 'disconnected'],
    ['a failed refresh keeps the data and says why', { error }, 'failed_refresh'],
    [
      'old data and an error without the server is disconnected',
      { error, now: 21_001, disconnected: true },
      'disconnected',
    ],
    ['an error does not hide that data expired', { error, now: 90_000 }, 'unknown'],
    ['an impaired monitor says so', { impaired: true, missing: '2 of 40' }, 'impaired'],
    ['a part says what is missing', { missing: '60 of 500 providers' }, 'partial'],
  ])('%s', (_why, more, kind) => {
    expect(dataCondition({ ...facts, ...more }).kind).toBe(kind)
  })
})

it('keeps content on screen and dims it when it is old', () => {
  expect(isBlocking({ kind: 'stale', asOf: 0 })).toBe(false)
  expect(isBlocking({ kind: 'failed', text: '', requestId: null })).toBe(true)
  expect(isDimmed({ kind: 'unknown', asOf: 0 })).toBe(true)
  expect(isDimmed(dataCondition({ ...facts, error }))).toBe(false)
  expect(isDimmed(dataCondition({ ...facts, error, now: 21_001 }))).toBe(true)
})
