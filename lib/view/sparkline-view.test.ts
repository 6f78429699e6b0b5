import { describe, expect, it } from 'vitest'
import { sparklineView } from './sparkline-view.ts'

const spark = (values: (number | null)[]) =>
  sparklineView({ values, name: 'Latency', words: (v) => `${v} ms` })

describe('a sparkline', () => {
  it('is empty when nothing was measured', () => {
    expect(spark([])).toEqual({ path: '', summary: 'Latency: nothing measured.' })
    expect(spark([null, null]).path).toBe('')
  })

  it('leaves a gap where nothing was measured, and never draws a zero there', () => {
    expect(spark([10, 10, null, 10, 10]).path).toBe('M0 2L25 2M75 2L100 2')
  })

  it('draws a value between two gaps as a dot', () => {
    expect(spark([10, null, 10, null, 10]).path).toBe('M0 2h0M50 2h0M100 2h0')
    expect(spark([10]).path).toBe('M0 2h0')
  })

  it('starts at zero, so that heights compare', () => {
    expect(spark([0, 100]).path).toBe('M0 23L100 2')
    expect(spark([0, 0]).path).toBe('M0 23L100 23')
  })

  it('keeps a huge peak inside its box', () => {
    const ys = [...spark([1, 1e12, 1]).path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))
    expect(Math.min(...ys)).toBe(2)
    expect(Math.max(...ys)).toBeLessThanOrEqual(23)
  })

  it('says lowest, highest and last', () => {
    expect(spark([30, null, 10, 20]).summary).toBe('Latency: 10 ms to 30 ms, last 20 ms.')
    expect(spark([30, 30]).summary).toBe('Latency: 30 ms throughout.')
  })
})
