import { describe, expect, it } from 'vitest'
import { coolingText, failuresText, percentText, slowText, withError } from './health-words.ts'

describe('percentText', () => {
  it.each([
    [1, '100 %'],
    [0.8, '80 %'],
    [0.7996, '79.9 %'],
    [0.9999, '99.9 %'],
    [0.8 - 2e-16, '79.9 %'],
    [0.57, '57 %'],
    [0.569, '56.9 %'],
    [0, '0 %'],
  ])('%d is %s', (rate, text) => {
    expect(percentText(rate)).toBe(text)
  })

  it('writes every limit a form can hold to a tenth of a percent as it is', () => {
    for (let tenths = 0; tenths <= 1_000; tenths += 1) {
      expect(percentText(tenths / 1_000)).toBe(`${tenths / 10} %`)
    }
  })
})

describe('slowText', () => {
  it.each([
    [4_200, 3_000, 'p95 4.2 s over 3 s'],
    [850, 500, 'p95 850 ms over 500 ms'],
    [1_000, 999, 'p95 1 s over 999 ms'],
    [3_004.5, 3_000, 'p95 3004.5 ms over 3000 ms'],
    [61_000, 60_000, 'p95 61 s over 60 s'],
  ])('%d over %d', (p95Ms, limitMs, text) => {
    expect(slowText(p95Ms, limitMs)).toBe(text)
  })
})

describe('failuresText', () => {
  it('speaks of one failure, or of several in a row, with the last error where it is known', () => {
    expect(failuresText(1, 'reset')).toBe('1 failure: reset')
    expect(failuresText(3, 'connect refused')).toBe('3 failures in a row: connect refused')
    expect(failuresText(2, null)).toBe('2 failures in a row')
  })
})

describe('coolingText', () => {
  it('names the second in UTC, whatever zone the process runs in', () => {
    expect(coolingText(Date.UTC(2026, 0, 31, 12, 4, 31, 999))).toBe('cooling until 12:04:31 UTC')
  })
})

describe('withError', () => {
  it('adds nothing where nothing is known', () => {
    expect(withError('credentials', null)).toBe('credentials')
    expect(withError('credentials', 'HTTP 401')).toBe('credentials: HTTP 401')
  })
})
