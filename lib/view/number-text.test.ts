import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatScaled, parseScaled } from './number-text.ts'

describe('parseScaled', () => {
  it.each([
    ['5', 'plain', 5],
    [' 2.5 ', 'plain', 2.5],
    ['2,5', 'plain', 2.5],
    ['.5', 'plain', 0.5],
    ['-1', 'plain', -1],
    ['50', 'percent', 0.5],
    ['50 %', 'percent', 0.5],
    ['7', 'percent', 0.07],
    ['58.3', 'percent', 0.583],
    ['', 'plain', null],
    ['  ', 'percent', null],
  ] as const)('reads %j (%s) as %j', (text, scale, value) => {
    expect(parseScaled(text, scale)).toBe(value)
  })

  it.each(['five', '1e3', '0x10', '1.2.3', 'Infinity', '--1', '1 2'])('takes %j for no number', (text) => {
    expect(parseScaled(text, 'plain')).toBeNaN()
  })
})

describe('formatScaled', () => {
  it('writes rates without the digits that binary fractions add', () => {
    expect(formatScaled(0.07, 'percent')).toBe('7')
    expect(formatScaled(0.583, 'percent')).toBe('58.3')
    expect(formatScaled(null, 'percent')).toBe('')
    expect(formatScaled(Number.NaN, 'plain')).toBe('')
  })

  // Mutants killed: no tidy in either direction, / 10 for / 100, percent ignored in one direction only.
  it('gives every rate of up to four decimals back unchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (n) => {
        const rate = n / 10_000
        const text = formatScaled(rate, 'percent')
        expect(parseScaled(text, 'percent')).toBe(rate)
        expect(text.length).toBeLessThanOrEqual(5)
      }),
    )
  })
})
