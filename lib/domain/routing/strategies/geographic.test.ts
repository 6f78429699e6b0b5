import { describe, expect, it } from 'vitest'
import type { Candidate } from '../candidate.ts'
import { decide, type DecideInput } from '../decide.ts'
import { candidate, decideInput, request } from '../decide.fixture.ts'

const select = (region: string | null, members: readonly Candidate[], rest: Partial<DecideInput> = {}) =>
  decide(decideInput({ type: 'geographic' }, members, { request: request({ region }), ...rest })).selection

const winner = (...args: Parameters<typeof select>) => {
  const { candidates, chosen } = select(...args)
  return candidates[chosen!]?.providerId
}

const virginia = candidate('virginia', { region: 'us-east-1' })
const oregon = candidate('oregon', { region: 'us-west-2' })
const dublin = candidate('dublin', { region: 'eu-west-1' })
const frankfurt = candidate('frankfurt', { region: 'eu-central-1' })
const nowhere = candidate('nowhere', { priority: -1 })

describe('by place', () => {
  it.each<[string, string | null, Candidate[], string]>([
    ['a member of the client’s region', 'eu-central-1', [dublin, frankfurt], 'frankfurt'],
    ['whatever its case', 'EU-Central-1', [dublin, frankfurt], 'frankfurt'],
    ['the nearest, where none is in the region', 'us-east-2', [oregon, dublin, virginia], 'virginia'],
    ['the nearest across names of other clouds', 'westeurope', [virginia, frankfurt], 'frankfurt'],
    [
      'the nearest by its own coordinates',
      'us-east-1',
      [oregon, candidate('mine', { coordinates: [40, -75] })],
      'mine',
    ],
    [
      'its own coordinates before its region’s',
      'us-east-1',
      [oregon, candidate('odd', { region: 'us-east-2', coordinates: [52.5, 13.4] })],
      'oregon',
    ],
    ['one whose place is known before one whose is not', 'us-east-1', [nowhere, frankfurt], 'frankfurt'],
    [
      'one in the region before one next door',
      'eu-west-1',
      [candidate('next door', { coordinates: [53.3, -6.3], priority: -1 }), dublin],
      'dublin',
    ],
    [
      'the first by priority among those in the region',
      'eu-west-1',
      [dublin, { ...dublin, providerId: 'b', priority: -1 }],
      'b',
    ],
    ['the first by priority where the client has no region', null, [virginia, nowhere], 'nowhere'],
    ['the first by priority where nobody knows the region', 'atlantis', [virginia, nowhere], 'nowhere'],
    [
      'a member of a region that nobody knows',
      'atlantis',
      [nowhere, candidate('atlas', { region: 'Atlantis' })],
      'atlas',
    ],
  ])('takes %s', (_what, region, members, id) => {
    expect(winner(region, members)).toBe(id)
  })

  it('knows where a region is from a member in it, be it eligible or not', () => {
    const atlas = candidate('atlas', { region: 'atlantis', coordinates: [37, -25], enabled: false })
    expect(winner('atlantis', [frankfurt, virginia, dublin, atlas])).toBe('dublin')
  })

  it('passes over a member that ramps up with probability 1 − ramp', () => {
    const members = [{ ...dublin, ramp: 0.4 }, frankfurt]
    expect(winner('eu-west-1', members, { random: () => 0.39 })).toBe('dublin')
    expect(winner('eu-west-1', members, { random: () => 0.4 })).toBe('frankfurt')
  })

  it.each<[string, string | null, Candidate[], object]>([
    [
      'that it is the client’s region',
      'eu-west-1',
      [dublin],
      { reason: "in the client's region eu-west-1", reasonCode: 'same_region' },
    ],
    [
      'how far it is',
      'eu-west-2',
      [dublin],
      { reason: 'nearest to eu-west-2, 466 km away', reasonCode: 'nearest' },
    ],
    [
      'that the client has no region',
      null,
      [dublin],
      { reason: 'first in order, as the request names no region', reasonCode: 'no_location' },
    ],
    [
      'that nobody knows the region',
      'atlantis',
      [dublin],
      { reason: 'first in order, as nobody knows where atlantis is' },
    ],
    [
      'that no member has a place',
      'eu-west-1',
      [nowhere],
      { reason: 'first in order, as no eligible member says where it is' },
    ],
  ])('says %s', (_what, region, members, said) => {
    expect(select(region, members)).toMatchObject(said)
  })

  it('tells the km to each, 0 within the region, null where nobody knows', () => {
    const scores = select('eu-west-1', [dublin, frankfurt, nowhere]).candidates.map(({ score }) => score)
    expect(scores).toEqual([0, expect.closeTo(1_091, -1), null])
  })
})
