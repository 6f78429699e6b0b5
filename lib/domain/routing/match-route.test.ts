import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchRoute } from './match-route.ts'

const route = (name: string, ...models: string[]) => ({ name, models })

describe('the route of a model', () => {
  const routes = [
    route('everything', '*'),
    route('gpt', 'gpt-*'),
    route('gpt-4o', 'gpt-4o*', 'chatgpt-4o'),
    route('mini', 'gpt-4o-mini'),
    route('mini-again', 'gpt-4o-mini'),
    route('a-mini', 'gpt-4o-mini*'),
    route('claude', 'claude-opus-5', 'claude-*'),
    route('llama', 'llama-3*', 'll*'),
    route('lla', 'lla*'),
  ]

  it.each([
    ['the exact name before any prefix', 'gpt-4o-mini', 'mini'],
    ['the longer prefix before the shorter', 'gpt-4o-2024-08-06', 'gpt-4o'],
    ['a prefix that is the whole name', 'gpt-4o', 'gpt-4o'],
    ['the exact name before a prefix of the same letters', 'gpt-4o-mini', 'mini'],
    ['the longest of a route’s prefixes', 'llama-3-70b', 'llama'],
    ['the shorter prefix where the longer does not fit', 'gpt-5', 'gpt'],
    ['any of a route’s patterns', 'chatgpt-4o', 'gpt-4o'],
    ['the best of a route’s own patterns', 'claude-opus-5', 'claude'],
    ['the star for what nobody else wants', 'grok', 'everything'],
    ['the route of that name', 'route:mini-again', 'mini-again'],
    ['the name even of a route that matches nothing', 'route:claude', 'claude'],
  ])('is %s', (_what, model, name) => {
    expect(matchRoute(routes, model)?.name).toBe(name)
    expect(matchRoute(routes.toReversed(), model)?.name).toBe(name)
  })

  it('is null where no route wants it', () => {
    expect(matchRoute([route('gpt', 'gpt-4o*')], 'gpt-4')).toBeNull()
    expect(matchRoute([], 'gpt-4o')).toBeNull()
  })

  it('is null for a name that no route has, whatever the patterns', () => {
    expect(matchRoute(routes, 'route:nobody')).toBeNull()
    expect(matchRoute(routes, 'route:')).toBeNull()
  })
})

const pattern = fc.stringMatching(/^[ab]{0,3}\*?$/)

// Mutants killed in this file: names the other way round · an exact name ranked by its length · `<=` for `<` between
// ranks · the first match taken · the last prefix of a route taken for its longest · names before ranks.
it('does not depend on the order of the routes', () => {
  const routesOf = fc.uniqueArray(
    fc.record({ name: fc.stringMatching(/^[a-d]{1,2}$/), models: fc.array(pattern, { maxLength: 3 }) }),
    { selector: ({ name }) => name, maxLength: 6 },
  )
  fc.assert(
    fc.property(routesOf, fc.stringMatching(/^[ab]{0,4}$/), (routes, model) => {
      expect(matchRoute(routes.toReversed(), model)).toBe(matchRoute(routes, model))
    }),
  )
})
