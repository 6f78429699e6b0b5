import { describe, expect, it } from 'vitest'
import { slowText } from '#lib/domain/health-words.ts'
import { shareText } from '#lib/domain/routing/decision-words.ts'
import { THIN } from './format.ts'
import { keepUnits } from './keep-units.ts'

describe('a number and its unit', () => {
  it.each([
    ['success rate 71.3 %, under 80 %', 'success rate 71.3_%, under 80_%'],
    ['p95 4.2 s over 3 s', 'p95 4.2_s over 3_s'],
    ['no answer within 30 s: reset', 'no answer within 30_s: reset'],
    ['event loop 412 ms late', 'event loop 412_ms late'],
    ['had no traffic in 5 min', 'had no traffic in 5_min'],
    ['over 2 h and 3 d, 4 km off', 'over 2_h and 3_d, 4_km off'],
    ['took 80 µs', 'took 80_µs'],
    ['(3 s)', '(3_s)'],
  ])('stay on one line: %s', (text, kept) => {
    expect(keepUnits(text)).toBe(kept.replaceAll('_', THIN))
  })

  it('are found in what the engine says', () => {
    expect(keepUnits(shareText(0.125))).toBe(`12.5${THIN}%`)
    expect(keepUnits(slowText(4_200, 3_000))).toBe(`p95 4.2${THIN}s over 3${THIN}s`)
  })

  it.each([
    '3 failures in a row: connect refused',
    '2 minor faults, 3 misses, 4 hosts, 1 day',
    'gpt-4 so far',
    'until 12:04:31 UTC',
    'a 5-s pause',
    'model 4 s1',
    '',
  ])('are not seen where there are none: %s', (text) => {
    expect(keepUnits(text)).toBe(text)
  })

  it('stay as they are where they are kept already', () => {
    const kept = keepUnits('71.3 %')
    expect(keepUnits(kept)).toBe(kept)
  })
})
