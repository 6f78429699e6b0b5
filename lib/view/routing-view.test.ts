import { describe, expect, it } from 'vitest'
import { DROP_REASONS } from '#lib/domain/routing/candidate.ts'
import { THIN } from './format.ts'
import { routingHeadline } from './routing-headline.ts'
import {
  dropIcon,
  DROP_WORDS,
  orderRoutes,
  providerRoutes,
  requestWords,
  reserveOf,
  routeView,
} from './routing-view.ts'
import { member, opened, routeConfig, routeState, T0 } from './stage-routing.fixture.ts'

const nameOf = (id: string) => `${id}-prod`
const NOW = Date.parse(T0)
const alone = routeState('pinned', [member('ollama')])
const last = routeState('chat', [member('openai'), opened('azure'), opened('groq')])
const none = routeState('bulk', [opened('azure'), opened('groq')])
const forcedOpen = (providerId: string) => member(providerId, { eligible: false, drop: 'forced_open' })
const spare = routeState('code', [member('openai'), member('azure')])

const headline = (
  routes = [spare],
  over: { openCircuits?: number; ageMs?: number; gatewayUrl?: null } = {},
) =>
  routingHeadline({
    state: { asOf: T0, routes, gatewayUrl: over.gatewayUrl === null ? null : 'http://127.0.0.1:8787' },
    openCircuits: over.openCircuits ?? 0,
    now: NOW + (over.ageMs ?? 1_000),
    nameOf,
  })

describe('orderRoutes', () => {
  it('puts routes with nobody first, then those with the last one, and keeps the rest by name', () => {
    const names = orderRoutes([spare, alone, last, none, routeState('a', spare.members)]).map(
      ({ name }) => name,
    )
    expect(names).toEqual(['bulk', 'chat', 'pinned', 'a', 'code'])
  })

  it('tells the last of several from an only member', () => {
    expect([none, last, alone, spare].map(reserveOf)).toEqual(['none', 'last', 'alone', 'spare'])
  })
})

describe('routingHeadline', () => {
  it('names the route with one eligible member, that member, and the open circuits', () => {
    expect(headline([spare, last], { openCircuits: 2 })).toMatchObject({
      tone: 'degraded',
      title: 'chat has 1 eligible member of 3: openai-prod; 2 circuits open',
    })
  })

  it.each([
    [
      'nobody at one route',
      [none, spare],
      'unhealthy',
      'bulk has no eligible member of 2: its requests are tried in panic',
    ],
    [
      'nobody, and nothing that panic overlooks',
      [routeState('bulk', [forcedOpen('azure'), forcedOpen('groq')])],
      'unhealthy',
      'bulk has no eligible member of 2: its requests are refused',
    ],
    [
      'nobody at an only member',
      [routeState('pinned', [opened('ollama')])],
      'unhealthy',
      'pinned has no eligible member: its requests are tried in panic',
    ],
    [
      'several routes without anybody',
      [none, routeState('slow', none.members), spare],
      'unhealthy',
      '2 of 3 routes have no eligible member: bulk and slow',
    ],
    [
      'one without, one with its last',
      [last, none, spare],
      'unhealthy',
      '1 of 3 routes has no eligible member: bulk',
    ],
    [
      'several with their last',
      [last, routeState('slow', last.members)],
      'degraded',
      '2 of 2 routes have one eligible member each: chat and slow',
    ],
    [
      'all well',
      [spare, routeState('b', spare.members)],
      'healthy',
      'All 2 routes have at least 2 eligible members',
    ],
    ['one route, well', [spare], 'healthy', 'code has 2 eligible members of 2'],
    ['one route with one member', [alone], 'healthy', 'pinned has its only member'],
    [
      'an only member among others',
      [alone, spare],
      'healthy',
      'All 2 routes have an eligible member, 1 of them only one to begin with',
    ],
    ['no route', [], 'unknown', 'No route yet'],
  ])('says of %s', (_case, routes, tone, title) => {
    expect(headline(routes)).toMatchObject({ tone, title })
  })

  it('tells of the routes that the title has no room for', () => {
    const state = { asOf: T0, routes: [last], gatewayUrl: null }
    const abroad = routingHeadline({ state, openCircuits: 0, now: NOW, nameOf: () => 'ספק' })
    expect(abroad.title).toContain('of 3: \u2068ספק\u2069')
    expect(headline([last, none]).details).toEqual(['chat has 1 eligible member of 3: openai-prod.'])
  })

  it('tells of the last hour’s requests that found nobody or went in panic', () => {
    const requests = { count: 90, failed: 4, failedOver: 2, panics: 1, noneEligible: 3 }
    expect(headline([{ ...spare, requests }]).details).toEqual([
      'Of the last hour’s requests 3 found nobody eligible and 1 was routed in panic.',
    ])
  })

  it('says that the gateway is off', () => {
    expect(headline([spare], { gatewayUrl: null }).details.join()).toMatch(/gateway is off/)
  })

  it('says nothing of now without news: then when, then unknown', () => {
    expect(headline([spare], { ageMs: 30_000 })).toMatchObject({
      tone: 'unknown',
      title: `30${THIN}s ago: code has 2 eligible members of 2`,
    })
    expect(headline([last], { ageMs: 30_000 }).tone).toBe('degraded')
    expect(headline([spare], { ageMs: 120_000 })).toMatchObject({
      tone: 'unknown',
      title: `Unknown: no news of the routes for 2${THIN}min`,
    })
    expect(routingHeadline({ state: null, openCircuits: 0, now: NOW, nameOf }).tone).toBe('unknown')
  })
})

describe('routeView', () => {
  it('shows configured, present and earlier share of each member, a dash where there is none', () => {
    const view = routeView(
      routeState('chat', [
        member('openai'),
        opened('azure', { actualShare: null, configuredShare: null, earlierShare: 0 }),
      ]),
      null,
      nameOf,
    )
    expect(view.members).toMatchObject([
      {
        configuredText: `33${THIN}%`,
        actualText: `38${THIN}%`,
        earlier: 0.33,
      },
      { configuredText: '–', actualText: '–', earlierText: `0${THIN}%`, actual: null },
    ])
    expect(view.members[1]!.summary).toMatch(/^azure-prod: no requests in the last hour, 0.% an hour before$/)
  })

  it('says why a member is skipped, once', () => {
    const skipped = [
      opened('a'),
      opened('b', { reason: '' }),
      opened('c', { reason: 'Circuit open' }),
      opened('d', { drop: 'cooling', reason: 'cooling for 12 s: 429' }),
    ]
    expect(
      routeView(routeState('chat', skipped), null, nameOf).members.map(({ verdict }) => verdict),
    ).toEqual([
      'circuit open: next trial in 38\u202fs',
      'circuit open',
      'circuit open',
      'cooling for 12\u202fs: 429',
    ])
  })

  it('says the strategy in words once its configuration is known', () => {
    expect(routeView(spare, routeConfig(), nameOf).strategy).toEqual({
      label: 'Load balance',
      words: 'spread by weight',
    })
    expect(routeView(spare, null, nameOf).strategy.words).toBe('Spread over the eligible members')
  })

  it.each([
    [none, 'none of 2 members eligible'],
    [last, '1 of 3 members eligible'],
    [alone, 'one member only, nobody in reserve'],
    [spare, '2 of 2 members eligible'],
    [routeState('pinned', [opened('ollama')]), 'its only member is not eligible'],
  ])('counts the eligible members', (state, words) => {
    expect(routeView(state, null, nameOf).eligible).toBe(words)
  })

  it('gives what each variant had beside what was planned, and null as a dash', () => {
    const variants = [
      { name: 'control', percent: 70, count: 60, successRate: 0.99, averageLatencyMs: 410 },
      { name: 'new', percent: 30, count: 40, successRate: null, averageLatencyMs: null },
    ]
    const [control, other] = routeView(
      routeState('chat', [member('openai')], { variants }),
      null,
      nameOf,
    ).variants
    expect(control).toMatchObject({
      planned: `70${THIN}%`,
      had: `60${THIN}% of 100`,
    })
    expect(other).toMatchObject({ success: '–', latency: '–' })
    const idle = variants.map((one) => ({ ...one, count: 0 }))
    expect(routeView(routeState('chat', [], { variants: idle }), null, nameOf).variants[0]!.had).toBe(
      'no requests',
    )
  })
})

describe('providerRoutes', () => {
  it('gives a provider’s part in each of its routes, those in need first', () => {
    const parts = providerRoutes([spare, last, alone], 'openai', nameOf)
    expect(parts.map(({ route, strategy, member: { actual } }) => [route, strategy, actual])).toEqual([
      ['chat', 'Load balance', 0.38],
      ['code', 'Load balance', 0.38],
    ])
    expect(providerRoutes([spare], 'nobody', nameOf)).toEqual([])
  })
})

describe('requestWords', () => {
  it('leaves out what did not happen', () => {
    expect(requestWords({ count: 1_284, failed: 12, failedOver: 31, panics: 0, noneEligible: 0 })).toBe(
      '1,284 requests, 12 failed, 31 failed over',
    )
    expect(requestWords({ count: 0, failed: 0, failedOver: 0, panics: 0, noneEligible: 0 })).toBe(
      'no requests in the last hour',
    )
  })
})

describe('drop reasons', () => {
  it.each(DROP_REASONS)('has words and a sign for %s', (drop) => {
    expect(DROP_WORDS[drop]).toMatch(/^[a-z]/)
    expect(dropIcon(drop)).not.toBe('healthy')
  })
})
