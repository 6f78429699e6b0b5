import { describe, expect, it } from 'vitest'
import {
  ageWords,
  formatCount,
  dateTimeWords,
  leftWords,
  needsDay,
  zoneWords,
  formatMs,
  formatPercent,
  roughSpanWords,
  formatShare,
  spanWords,
  inWords,
  plural,
} from './format.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')
const NOON = Date.parse('2026-11-22T12:04:31.900Z')

describe('formatPercent', () => {
  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.3, '30 %'],
    [0.612, '61.2 %'],
    [0.6125, '61.3 %'],
    [0.8, '80 %'],
    [0.99, '99 %'],
    [0.9931, '99.31 %'],
    [0.99999, '99.99 %'],
    [1, '100 %'],
  ])('writes %s as %s', (rate, text) => {
    expect(plain(formatPercent(rate))).toBe(text)
  })

  it('puts a space that cannot break before the sign', () => {
    expect(formatPercent(0.5)).toBe('50\u202f%')
  })
})

describe('formatMs', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [412.4, '412 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [1_900, '1.9 s'],
    [9_949, '9.9 s'],
    [12_300, '12 s'],
    [82_000, '1 min 22 s'],
  ])('writes %s as %s', (ms, text) => {
    expect(plain(formatMs(ms))).toBe(text)
  })
})

describe('spans, ages and what is left', () => {
  it.each([
    [-5, '0 s', '0 s'],
    [38_999, '38 s', '38 s'],
    [60_000, '1 min', '1 min'],
    [82_000, '1 min 22 s', '1 min'],
    [41 * 60_000 + 59_000, '41 min', '41 min'],
    [7_500_000, '2 h 5 min', '2 h'],
    [7_200_000, '2 h', '2 h'],
    [30 * 3_600_000, '1 d 6 h', '30 h'],
    [76 * 3_600_000, '3 d 4 h', '3 d'],
  ])('writes %s ms as %s, roughly %s', (ms, span, rough) => {
    expect(plain(spanWords(ms))).toBe(span)
    expect(plain(roughSpanWords(ms))).toBe(rough)
  })

  it('counts an age from `at` and never below zero', () => {
    expect(plain(ageWords(1_000, 3_500))).toBe('2 s ago')
    expect(plain(ageWords(9_000, 3_500))).toBe('0 s ago')
  })

  it('rounds what is left up, so that zero means over', () => {
    expect(plain(leftWords(1_001, 0))).toBe('2 s')
    expect(plain(leftWords(1, 0))).toBe('1 s')
    expect(plain(leftWords(0, 0))).toBe('0 s')
    expect(plain(leftWords(0, 5_000))).toBe('0 s')
  })
})

describe('times', () => {
  it('says the zone', () => {
    expect(dateTimeWords(NOON, 'UTC')).toBe('22 Nov 12:04:31 UTC')
    expect(dateTimeWords(NOON, 'Europe/Berlin')).toBe('22 Nov 13:04:31 CET')
    expect(zoneWords(Date.parse('2026-07-01T12:00:00Z'), 'Europe/Berlin')).toBe('CEST')
  })

  it('wants the day beside a time that is half a day off', () => {
    expect(needsDay(NOON - 11 * 3_600_000, NOON)).toBe(false)
    expect(needsDay(NOON - 12 * 3_600_000, NOON)).toBe(true)
  })
})

it('writes counts, shares and words', () => {
  expect(formatCount(12_840)).toBe('12,840')
  expect([null, 0, 0.004, 0.38].map(formatShare).map(plain)).toEqual(['–', '0 %', '< 1 %', '38 %'])
  expect([inWords('half_open'), inWords('provider_error')]).toEqual(['half-open', 'provider error'])
  expect([plural(1, 'provider'), plural(2, 'provider')]).toEqual(['1 provider', '2 providers'])
})
