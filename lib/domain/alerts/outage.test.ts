import { describe, expect, it } from 'vitest'
import { CONDITION_TYPES } from './condition.ts'
import { INHIBITIONS } from './inhibition.ts'
import { isOfOutage } from './outage.ts'

describe('an outage of the fleet', () => {
  it('explains that providers are down, all that this explains, and routes that have lost their members', () => {
    const down = INHIBITIONS.find(({ cause }) => cause === 'provider_unhealthy')
    const explained = new Set([...(down?.symptoms ?? []), 'provider_unhealthy', 'route_members'])
    expect(explained.size).toBe(9)
    expect(CONDITION_TYPES.filter((condition) => isOfOutage({ condition }))).toEqual(
      CONDITION_TYPES.filter((condition) => explained.has(condition)),
    )
  })
})
