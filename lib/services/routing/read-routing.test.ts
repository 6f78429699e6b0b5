import { describe, expect, it } from 'vitest'
import type { Route } from '#lib/domain/routing/route.ts'
import { stageFleet, T0 } from '../stage-fleet.fixture.ts'
import { readRouting } from './read-routing.ts'
import { putRoute } from './routing.ts'

const model = (name: string, alias: string | null = null) => ({ name, alias, priceIn: null, priceOut: null })

const route = (models: string[], members: [providerId: string, model?: string][]): Route => ({
  name: 'all',
  models,
  members: members.map(([providerId, named = null]) => ({
    providerId,
    model: named,
    weight: null,
    priority: null,
  })),
  strategy: { type: 'load-balance', algorithm: 'weighted' },
  limits: { maxAttempts: null, timeoutMs: null, firstTokenTimeoutMs: null, stallTimeoutMs: null },
  version: 1,
  createdAt: T0,
  updatedAt: T0,
})

/** Who is eligible on a route, of four providers: three list models, `any` lists none. */
function eligible(one: Route) {
  const staged = stageFleet()
  staged.add('openai', { models: [model('gpt-4o')] })
  staged.add('anthropic', { models: [model('claude-sonnet')] })
  staged.add('azure', { models: [model('deployment-7', 'gpt-4o')] })
  staged.add('any')
  putRoute(staged.engine.routing, one)
  const [state] = readRouting(staged.engine, null).routes
  return state?.members.filter((member) => member.eligible).map(({ providerId }) => providerId)
}

describe('who is eligible on a route', () => {
  it('is whoever serves any of its models, not only the first', () => {
    const all: [string][] = [['openai'], ['anthropic'], ['azure'], ['any']]
    expect(eligible(route(['unheard-of', 'claude-*', 'gpt-4o'], all))).toEqual([
      'openai',
      'anthropic',
      'azure',
      'any',
    ])
    expect(eligible(route(['claude-*'], all))).toEqual(['anthropic', 'any'])
    expect(eligible(route(['unheard-of'], all))).toEqual(['any'])
  })

  it('is also a member with a model of its own, whatever the route is called by', () => {
    expect(eligible(route([], [['openai', 'gpt-4o'], ['anthropic']]))).toEqual(['openai'])
  })
})
