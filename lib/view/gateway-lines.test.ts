import { describe, expect, it } from 'vitest'
import { clientKeyWords } from './client-key-form.ts'
import { curlLine, gatewayBaseUrl } from './gateway-lines.ts'
import { nameList } from './name-list.ts'
import { routeForModel } from './route-for-model.ts'
import { routingFigures } from './routing-figures.ts'
import { member, routeState } from './stage-routing.fixture.ts'

describe('gatewayBaseUrl', () => {
  it.each(['http://127.0.0.1:8787', 'http://127.0.0.1:8787/', 'http://127.0.0.1:8787/v1'])(
    'ends %s in /v1 once',
    (url) => expect(gatewayBaseUrl(url)).toBe('http://127.0.0.1:8787/v1'),
  )
})

describe('curlLine', () => {
  it('asks for a model that a route takes by its whole name, else for the route itself', () => {
    const url = 'http://127.0.0.1:8787'
    expect(curlLine(url, [{ name: 'chat', models: ['gpt-4o*', 'o3'] }])).toContain('"model":"o3"')
    expect(curlLine(url, [{ name: 'chat', models: ['gpt-4o*'] }])).toContain('"model":"route:chat"')
    expect(curlLine(url, [])).toMatch(/^curl http:\/\/127\.0\.0\.1:8787\/v1\/chat\/completions /)
  })
})

describe('routeForModel', () => {
  const routes = [
    { name: 'chat', models: ['gpt-4o*'] },
    { name: 'mini', models: ['gpt-4o-mini'] },
  ]
  it.each([
    ['gpt-4o-mini', 'mini'],
    [' gpt-4o-2024 ', 'chat'],
    ['route:mini', 'mini'],
    ['o3', null],
    ['', null],
  ])('finds the route of “%s”', (model, name) => expect(routeForModel(routes, model)).toBe(name))
})

describe('nameList', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
    [['ספק', 'b'], '\u2068ספק\u2069 and b'],
  ])('joins %j', (names, words) => expect(nameList(names)).toBe(words))
})

describe('clientKeyWords', () => {
  it('says what a key may do', () => {
    expect(clientKeyWords({ routes: null, requestsPerMinute: null, tokensPerMinute: null })).toEqual({
      routes: 'every route',
      limits: 'no limit',
    })
    expect(
      clientKeyWords({ routes: ['chat', 'bulk'], requestsPerMinute: 60, tokensPerMinute: 90_000 }),
    ).toEqual({
      routes: 'chat and bulk',
      limits: '60 requests/min, 90,000 tokens/min',
    })
  })
})

describe('routingFigures', () => {
  const requests = { count: 100, failed: 2, failedOver: 5, panics: 0, noneEligible: 1 }

  it('adds up the routes and gives shares of the requests', () => {
    const routes = ['a', 'b'].map((name) => routeState(name, [member('openai')], { requests }))
    expect(
      routingFigures(routes).map(({ value, addition }) => `${value} ${addition}`.replaceAll('\u202f', ' ')),
    ).toEqual(['200 over 2 routes', '4 2 %', '10 5 %', '2 no panic'])
  })

  it('gives no share of nothing', () => {
    expect(routingFigures([])[1]).toMatchObject({ value: '0', addition: '' })
  })
})
