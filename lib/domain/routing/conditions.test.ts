import { describe, expect, it } from 'vitest'
import { isMet } from './conditions.ts'
import { NOON, request } from './decide.fixture.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Condition } from './route.ts'

const at = (text: string) => Date.parse(text)

describe('a condition', () => {
  it.each<[string, Condition, Partial<RequestFacts>, boolean]>([
    ['a model by its name', { model: 'gpt-4o' }, { model: 'gpt-4o' }, true],
    ['no other model', { model: 'gpt-4o' }, { model: 'gpt-4o-mini' }, false],
    ['a model by how it begins', { modelPrefix: 'gpt-4o' }, { model: 'gpt-4o-mini' }, true],
    ['no model that begins otherwise', { modelPrefix: 'gpt-4o' }, { model: 'gpt-4' }, false],
    ['a region whatever its case', { region: 'EU-West' }, { region: 'eu-west' }, true],
    ['no other region', { region: 'eu-west' }, { region: 'eu-west-1' }, false],
    ['no request without a region', { region: 'eu-west' }, {}, false],
    ['a body of just the size', { minRequestBytes: 100 }, { requestBytes: 100 }, true],
    ['no smaller body', { minRequestBytes: 100 }, { requestBytes: 99 }, false],
    ['no body of unknown size', { minRequestBytes: 1 }, {}, false],
    ['just as many tokens', { minTokens: 1_000 }, { estimatedTokens: 1_000 }, true],
    ['no fewer tokens', { minTokens: 1_000 }, { estimatedTokens: 999 }, false],
    ['no unknown number of tokens', { minTokens: 1 }, {}, false],
    ['a user', { user: 'ann' }, { userId: 'ann' }, true],
    ['no other user', { user: 'ann' }, { userId: 'Ann' }, false],
    ['no request without a user', { user: 'ann' }, {}, false],
    [
      'a header that equals',
      { header: { name: 'x-team', equals: 'search' } },
      { headers: { 'x-team': 'search' } },
      true,
    ],
    [
      'a header whatever the case of its name',
      { header: { name: 'X-Team', equals: 'a' } },
      { headers: { 'x-team': 'a' } },
      true,
    ],
    [
      'no header that only contains',
      { header: { name: 'x-team', equals: 'sea' } },
      { headers: { 'x-team': 'search' } },
      false,
    ],
    [
      'a header that matches',
      { header: { name: 'x-team', matches: '^se(a|e)' } },
      { headers: { 'x-team': 'search' } },
      true,
    ],
    [
      'no header that does not match',
      { header: { name: 'x-team', matches: '^x' } },
      { headers: { 'x-team': 'search' } },
      false,
    ],
    ['no request without the header', { header: { name: 'x-team', matches: '' } }, {}, false],
    ['no header that every object inherits', { header: { name: 'constructor', matches: '' } }, {}, false],
    [
      'no header too long to match in time',
      { header: { name: 'x', matches: 'a' } },
      { headers: { x: 'a'.repeat(1_001) } },
      false,
    ],
    [
      'metadata that equals',
      { metadata: { key: 'tier', equals: 'gold' } },
      { metadata: { tier: 'gold' } },
      true,
    ],
    [
      'metadata with the case of its key',
      { metadata: { key: 'Tier', equals: 'gold' } },
      { metadata: { tier: 'gold' } },
      false,
    ],
    [
      'metadata that matches',
      { metadata: { key: 'tier', matches: 'gold|silver' } },
      { metadata: { tier: 'silver' } },
      true,
    ],
    ['only what meets all that it sets', { model: 'gpt-4o', user: 'ann' }, { userId: 'bob' }, false],
    [
      'what meets all that it sets',
      { model: 'gpt-4o', user: 'ann', minTokens: 5 },
      { userId: 'ann', estimatedTokens: 5 },
      true,
    ],
    ['everything when it sets nothing', {}, {}, true],
  ])('is met by %s', (_what, when, facts, met) => {
    expect(isMet(when, request(facts), NOON)).toBe(met)
    // Once more, now that the expression has been compiled.
    expect(isMet(when, request(facts), NOON)).toBe(met)
  })

  it.each<[string, string, string, string, string, boolean]>([
    ['at its first minute', '08:00', '18:00', 'UTC', '2026-01-05T08:00:00Z', true],
    ['not a moment before', '08:00', '18:00', 'UTC', '2026-01-05T07:59:59.999Z', false],
    ['to its last moment', '08:00', '18:00', 'UTC', '2026-01-05T17:59:59.999Z', true],
    ['not at its end', '08:00', '18:00', 'UTC', '2026-01-05T18:00:00Z', false],
    ['over midnight, before it', '22:00', '06:00', 'UTC', '2026-01-05T23:30:00Z', true],
    ['over midnight, after it', '22:00', '06:00', 'UTC', '2026-01-06T05:59:00Z', true],
    ['over midnight, not by day', '22:00', '06:00', 'UTC', '2026-01-06T12:00:00Z', false],
    ['at midnight itself', '00:00', '01:00', 'UTC', '2026-01-05T00:00:00Z', true],
    ['all day from a time to the same', '09:00', '09:00', 'UTC', '2026-01-05T03:00:00Z', true],
    ['by winter time in winter', '08:00', '09:00', 'Europe/Berlin', '2026-01-05T07:30:00Z', true],
    ['by summer time in summer', '08:00', '09:00', 'Europe/Berlin', '2026-07-06T06:30:00Z', true],
    ['by summer time not an hour later', '08:00', '09:00', 'Europe/Berlin', '2026-07-06T07:30:00Z', false],
    ['before the clocks go forward', '01:30', '02:00', 'Europe/Berlin', '2026-03-29T00:59:00Z', true],
    ['after the clocks went forward', '03:00', '03:30', 'Europe/Berlin', '2026-03-29T01:00:00Z', true],
    ['in the hour that comes twice, first', '02:00', '03:00', 'Europe/Berlin', '2026-10-25T00:30:00Z', true],
    ['in the hour that comes twice, again', '02:00', '03:00', 'Europe/Berlin', '2026-10-25T01:30:00Z', true],
    ['half an hour off in India', '08:00', '08:01', 'Asia/Kolkata', '2026-01-05T02:30:00Z', true],
    ['on the next day in Auckland', '01:00', '02:00', 'Pacific/Auckland', '2026-01-05T12:30:00Z', true],
    [
      'on the day before in Los Angeles',
      '16:00',
      '17:00',
      'America/Los_Angeles',
      '2026-01-06T00:30:00Z',
      true,
    ],
  ])('holds at local times of day %s', (_when, from, to, zone, now, met) => {
    expect(isMet({ time: { from, to, zone } }, request(), at(now))).toBe(met)
  })

  it('keeps up with a clock that moves within a zone', () => {
    const time = { from: '08:00', to: '08:01', zone: 'America/New_York' }
    const start = at('2026-01-05T12:59:00Z')
    const met = [0, 1, 2].map((minute) => isMet({ time }, request(), start + minute * 60_000))
    expect(met).toEqual([false, true, false])
  })
})
