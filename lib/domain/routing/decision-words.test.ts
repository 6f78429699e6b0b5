import { describe, expect, it } from 'vitest'
import type { DropReason } from './candidate.ts'
import { candidate, NOON } from './decide.fixture.ts'
import {
  clockText,
  costText,
  countText,
  dropText,
  latencyText,
  nobodyText,
  overlookedText,
  placeText,
  shareText,
  winnerText,
} from './decision-words.ts'

it.each([
  [NOON, '12:00:00 UTC'],
  [Date.UTC(2026, 6, 4, 23, 59, 59, 999), '23:59:59 UTC'],
  [Date.UTC(2026, 6, 4), '00:00:00 UTC'],
  [Date.UTC(2026, 6, 4, 1, 2, 3), '01:02:03 UTC'],
])('tells %d as a clock does', (at, text) => {
  expect(clockText(at)).toBe(text)
  expect(text.startsWith(new Date(at).toISOString().slice(11, 19))).toBe(true)
})

it.each([
  [0, '$0'],
  [0.0000125, '$0.0000125'],
  [0.0025, '$0.0025'],
  [0.004, '$0.004'],
  [0.012345, '$0.0123'],
  [0.5, '$0.50'],
  [1.5, '$1.50'],
  [20, '$20.00'],
  [1_234.567, '$1234.57'],
])('writes %d US dollars as %s', (usd, text) => {
  expect(costText(usd)).toBe(text)
})

it.each([
  [latencyText(209.6), '210 ms'],
  [latencyText(2_340), '2.3 s'],
  [latencyText(3_000), '3 s'],
  [shareText(1 / 3), '33.3 %'],
  [shareText(1), '100 %'],
  [countText(1, 'request'), '1 request'],
  [countText(0, 'request'), '0 requests'],
  [placeText(0), 'primary'],
  [placeText(4), 'fifth'],
  [placeText(5), 'number 6'],
])('says %s', (said, text) => {
  expect(said).toBe(text)
})

describe('a drop is told with its facts', () => {
  it.each<[DropReason, Parameters<typeof candidate>[1], string]>([
    ['excluded', {}, 'excluded by the request'],
    ['tried', {}, 'tried already'],
    ['disabled', {}, 'disabled'],
    ['model_not_served', {}, 'does not serve the model'],
    ['forced_open', {}, 'forced open by an operator'],
    [
      'refused_by_policy',
      { refusal: 'refused by policy: 10.0.0.1 is private' },
      'refused by policy: 10.0.0.1 is private',
    ],
    ['circuit_open', { gate: 'open', retryAt: NOON }, 'circuit open, next trial at 12:00:00 UTC'],
    ['circuit_open', { gate: 'open' }, 'circuit open'],
    ['trials_taken', { gate: 'trials_taken' }, 'circuit half-open, every trial slot is taken'],
    ['cooling', { coolingUntil: NOON }, 'cooling until 12:00:00 UTC'],
    [
      'unhealthy',
      { health: 'unhealthy', healthReason: '3 failures in a row: reset' },
      'unhealthy: 3 failures in a row: reset',
    ],
    [
      'credentials',
      { health: 'credentials', healthReason: 'credentials: key refused' },
      'credentials: key refused',
    ],
    [
      'credentials',
      { health: 'credentials', healthReason: 'probe misconfigured' },
      'credentials: probe misconfigured',
    ],
    ['at_capacity', { inFlight: 8, maxConcurrency: 8 }, '8 of 8 requests under way'],
    ['constraint', {}, 'outside the limits of the strategy'],
  ])('%s', (drop, facts, text) => {
    expect(dropText(candidate('a', facts), drop)).toBe(text)
  })
})

describe('nobody is told', () => {
  it.each<[(DropReason | null)[], number | null, string]>([
    [[], null, 'the route has no members'],
    [['disabled'], null, 'the only member is disabled'],
    [['refused_by_policy'], null, 'the only member is refused by policy'],
    [
      ['circuit_open', 'cooling', 'circuit_open'],
      NOON,
      'none of 3 members is eligible: 2 have their circuits open, 1 is cooling; the first may return at 12:00:00 UTC',
    ],
  ])('%j', (drops, returnsAt, text) => {
    expect(nobodyText(drops, returnsAt)).toBe(text)
  })
})

describe('the winner is told', () => {
  const calm = { tried: new Set<string>(), panic: false }

  it.each<[string, Parameters<typeof candidate>[1], { tried: Set<string>; panic: boolean }, string]>([
    ['alone', {}, calm, 'primary of 2'],
    ['with those tried before', {}, { tried: new Set(['b', 'c']), panic: false }, 'primary of 2, after b, c'],
    ['with its trial', { gate: 'trial' }, calm, 'primary of 2, as a trial of its half-open circuit'],
    [
      'with the panic and what it overlooks',
      { gate: 'open', retryAt: NOON },
      { ...calm, panic: true },
      'panic, as too few are eligible: primary of 2, despite circuit open, next trial at 12:00:00 UTC',
    ],
    [
      'with the panic alone, where it is fine itself',
      {},
      { ...calm, panic: true },
      'panic, as too few are eligible: primary of 2',
    ],
  ])('%s', (_what, facts, circumstances, text) => {
    expect(winnerText(candidate('a', facts), 'primary of 2', circumstances)).toBe(text)
  })

  it('with everything that panic overlooks in a member', () => {
    expect(overlookedText(candidate('a', { gate: 'trials_taken' }))).toBe(
      'circuit half-open, every trial slot is taken',
    )
    expect(overlookedText(candidate('a', { health: 'unhealthy', healthReason: 'reset' }))).toBe(
      'unhealthy: reset',
    )
    expect(overlookedText(candidate('a', { health: 'unhealthy', gate: 'trial' }))).toBeNull()
    expect(overlookedText(candidate('a'))).toBeNull()
  })
})
