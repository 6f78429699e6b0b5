import { describe, expect, it } from 'vitest'
import { candidate, decision, member, opened, routeState } from './stage-routing.fixture.ts'
import { returnEffect, routesOf, trafficEffect } from './traffic-effect.ts'

const subject = { providerId: 'azure', nameOf: (id: string) => `${id}-prod` }
const others = [member('openai'), member('groq')]

describe('trafficEffect', () => {
  it('says how much moves and to whom, the larger part first', () => {
    const then = decision({
      candidates: [
        candidate('azure', { eligible: false, drop: 'excluded' }),
        candidate('groq', { weight: 0.25 }),
        candidate('openai', { weight: 0.75 }),
      ],
    })
    const effect = trafficEffect(routeState('chat', [member('azure'), ...others]), then, subject)
    expect(effect.words).toMatch(/^38.% of chat moves to openai-prod and groq-prod$/)
    expect(effect.isLoss).toBe(false)
  })

  it('names the winner alone where the strategy shares nothing out', () => {
    const then = decision({ chosen: 'groq', candidates: [candidate('openai'), candidate('groq')] })
    expect(trafficEffect(routeState('chat', [member('azure'), ...others]), then, subject).words).toMatch(
      /moves to groq-prod$/,
    )
  })

  it('names the other eligible members while the decision is not known', () => {
    expect(trafficEffect(routeState('chat', [member('azure'), ...others]), null, subject).words).toMatch(
      /moves to openai-prod and groq-prod$/,
    )
  })

  it('names them also where the made-up request is one that nobody serves', () => {
    const then = decision({ chosen: null, candidates: [] })
    expect(trafficEffect(routeState('chat', [member('azure'), ...others]), then, subject).words).toMatch(
      /moves to openai-prod and groq-prod$/,
    )
  })

  it.each([
    [null, 'chat had no requests in the last hour; new ones go to openai-prod and groq-prod'],
    [0, 'chat sends nothing to it now; openai-prod and groq-prod go on'],
  ])('says so where nothing moves: %s', (actualShare, words) => {
    const state = routeState('chat', [member('azure', { actualShare }), ...others])
    expect(trafficEffect(state, null, subject).words).toBe(words)
  })

  it('says that a route loses its last eligible member, and whether panic carries its requests', () => {
    const state = routeState('chat', [member('azure'), opened('groq')])
    expect(trafficEffect(state, decision({ chosen: null, candidates: [] }), subject)).toEqual({
      route: 'chat',
      isLoss: true,
      words: 'chat is left without an eligible member: all its requests are refused',
    })
    const panic = decision({ chosen: 'groq', panic: true, candidates: [candidate('groq')] })
    expect(trafficEffect(state, panic, subject).words).toBe(
      'chat is left without an eligible member: its requests go to groq-prod in panic',
    )
  })
})

describe('routesOf', () => {
  it('finds the routes that it is a member of', () => {
    const routes = [routeState('chat', [member('azure')]), routeState('bulk', others)]
    expect(routesOf(routes, 'azure').map(({ name }) => name)).toEqual(['chat'])
  })
})

describe('returnEffect', () => {
  it('says what it is meant to have, where the strategy says', () => {
    expect(returnEffect(routeState('chat', [member('azure')]), subject)).toMatch(
      /^azure-prod takes up to 33.% of chat again$/,
    )
    expect(returnEffect(routeState('chat', [member('azure', { configuredShare: null })]), subject)).toBe(
      'azure-prod is among those that take chat again',
    )
  })
})
