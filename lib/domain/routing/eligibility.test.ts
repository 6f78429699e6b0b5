import { describe, expect, it } from 'vitest'
import type { Candidate, DropReason } from './candidate.ts'
import { candidate, NOON } from './decide.fixture.ts'
import { dropOf, earliestReturn, eligibleField, OVERLOOKED_IN_PANIC, type Asked } from './eligibility.ts'

const asked = (members: readonly Candidate[], rest: Partial<Asked> = {}): Asked => ({
  members,
  exclude: new Set(),
  tried: new Set(),
  constraint: null,
  mayPanic: true,
  panicThreshold: 0,
  ...rest,
})

const NOBODY = { allows: () => false, why: () => 'nobody' }

/** One fact for each drop, in the order in which they are asked. */
const FACTS: [DropReason, Partial<Candidate>][] = [
  ['disabled', { enabled: false }],
  ['model_not_served', { model: null }],
  ['forced_open', { forcedOpen: true }],
  ['refused_by_policy', { refusal: 'refused by policy' }],
  ['circuit_open', { gate: 'open', state: 'open', retryAt: NOON }],
  ['cooling', { coolingUntil: NOON }],
  ['credentials', { health: 'credentials' }],
  ['at_capacity', { inFlight: 2, maxConcurrency: 2 }],
]

describe('a member is dropped', () => {
  it.each<[string, Partial<Candidate>, DropReason | null]>([
    ['for nothing when all is well', {}, null],
    ['for being disabled', { enabled: false }, 'disabled'],
    ['for not serving the model', { model: null }, 'model_not_served'],
    ['for being forced open', { forcedOpen: true }, 'forced_open'],
    ['for our own refusal', { refusal: 'refused by policy' }, 'refused_by_policy'],
    ['for our own refusal, even with a trial slot free', { refusal: '', gate: 'trial' }, 'refused_by_policy'],
    ['for an open circuit', { gate: 'open' }, 'circuit_open'],
    ['for having every trial slot taken', { gate: 'trials_taken' }, 'trials_taken'],
    ['not while a trial slot is free', { gate: 'trial' }, null],
    ['for cooling', { coolingUntil: NOON }, 'cooling'],
    ['for cooling, even with a trial slot free', { gate: 'trial', coolingUntil: NOON }, 'cooling'],
    ['for being unhealthy', { health: 'unhealthy' }, 'unhealthy'],
    ['not for being unhealthy while a trial slot is free', { health: 'unhealthy', gate: 'trial' }, null],
    ['for its credentials', { health: 'credentials' }, 'credentials'],
    [
      'for its credentials, even with a trial slot free',
      { health: 'credentials', gate: 'trial' },
      'credentials',
    ],
    ['at its limit of requests', { inFlight: 2, maxConcurrency: 2 }, 'at_capacity'],
    ['not one request under its limit', { inFlight: 1, maxConcurrency: 2 }, null],
    ['not for many requests without a limit', { inFlight: 1_000 }, null],
  ])('%s', (_what, facts, drop) => {
    expect(dropOf(candidate('a', facts), asked([]), false)).toBe(drop)
  })

  it('for the first of many reasons, in the order in which they are asked', () => {
    const merged = (rows: typeof FACTS) =>
      candidate(
        'a',
        rows.reduce<Partial<Candidate>>((facts, [, more]) => ({ ...facts, ...more }), {}),
      )
    const strict = { constraint: NOBODY }
    expect(dropOf(merged(FACTS), asked([], { ...strict, exclude: new Set(['a']) }), false)).toBe('excluded')
    FACTS.forEach(([drop], place) => {
      expect(dropOf(merged(FACTS.slice(place)), asked([], strict), false)).toBe(drop)
    })
    expect(dropOf(merged([]), asked([], strict), false)).toBe('constraint')
  })
})

const dropsOf = (members: readonly Candidate[], rest: Partial<Asked> = {}) => {
  const { drops, panic } = eligibleField(asked(members, rest))
  return { drops, panic }
}

describe('panic', () => {
  const open = candidate('open', { gate: 'open' })
  const full = candidate('full', { gate: 'trials_taken' })
  const unhealthy = candidate('unhealthy', { health: 'unhealthy' })
  const fine = candidate('fine')

  it('overlooks health and circuits when nobody is eligible', () => {
    expect(dropsOf([open, full, unhealthy])).toEqual({ drops: [null, null, null], panic: true })
    const calm = [open, full, unhealthy].map((member) => dropOf(member, asked([]), false))
    expect(calm).toEqual([...OVERLOOKED_IN_PANIC])
  })

  it('does not break out while one is eligible', () => {
    expect(dropsOf([open, fine])).toEqual({ drops: ['circuit_open', null], panic: false })
  })

  it.each(FACTS.filter(([drop]) => drop !== 'circuit_open'))('never overlooks %s', (drop, facts) => {
    const worst = candidate('a', {
      gate: 'open',
      ...(facts.health === undefined && { health: 'unhealthy' }),
      ...facts,
    })
    expect(dropsOf([worst, open])).toEqual({ drops: [drop, null], panic: true })
    expect(dropsOf([candidate('a', facts)])).toEqual({ drops: [drop], panic: false })
  })

  it('never overlooks what the strategy does not take, or the request excludes', () => {
    expect(dropsOf([open], { constraint: NOBODY })).toEqual({ drops: ['circuit_open'], panic: false })
    expect(dropsOf([open, full], { exclude: new Set(['open']) })).toEqual({
      drops: ['excluded', null],
      panic: true,
    })
  })

  it('does not break out where it may not', () => {
    expect(dropsOf([open, unhealthy], { mayPanic: false })).toEqual({
      drops: ['circuit_open', 'unhealthy'],
      panic: false,
    })
  })

  it.each([
    ['under the threshold', 0.51, true],
    ['not at it', 0.5, false],
    ['not where no threshold is set', 0, false],
    ['always under a threshold of all', 1, true],
  ])('breaks out %s of those it may choose from', (_when, panicThreshold, panic) => {
    const disabled = [1, 2, 3].map((i) => candidate(`disabled-${i}`, { enabled: false }))
    expect(dropsOf([fine, open, ...disabled], { panicThreshold }).panic).toBe(panic)
  })

  it('does not break out for nothing: while all it may choose from are eligible', () => {
    const cooling = candidate('cooling', { coolingUntil: NOON })
    expect(dropsOf([fine, cooling], { panicThreshold: 1 })).toEqual({
      drops: [null, 'cooling'],
      panic: false,
    })
  })
})

describe('those tried', () => {
  const [a, b] = [candidate('a'), candidate('b')]
  const open = candidate('open', { gate: 'open' })

  it('are left out while another is eligible', () => {
    expect(dropsOf([a, b], { tried: new Set(['a']) })).toEqual({ drops: ['tried', null], panic: false })
  })

  it('are taken again when no other is eligible, before there is a panic', () => {
    expect(dropsOf([a, open], { tried: new Set(['a']) })).toEqual({
      drops: [null, 'circuit_open'],
      panic: false,
    })
    expect(dropsOf([a, b], { tried: new Set(['a', 'b']) })).toEqual({ drops: [null, null], panic: false })
  })

  it('are left out of a panic too, while there is another', () => {
    const unhealthy = candidate('unhealthy', { health: 'unhealthy' })
    expect(dropsOf([open, unhealthy], { tried: new Set(['open']) })).toEqual({
      drops: ['tried', null],
      panic: true,
    })
  })

  it('keep the words of what else is wrong with them', () => {
    expect(dropsOf([open, b], { tried: new Set(['open']) }).drops).toEqual(['circuit_open', null])
  })
})

describe('the earliest return', () => {
  const returnOf = (...members: Candidate[]) =>
    earliestReturn(
      members,
      members.map((member) => dropOf(member, asked(members), false)),
    )

  it.each<[string, Partial<Candidate>, number | null]>([
    ['when an open circuit takes trials', { gate: 'open', retryAt: NOON + 5 }, NOON + 5],
    ['when it has cooled', { coolingUntil: NOON + 7 }, NOON + 7],
    ['when both are over', { gate: 'open', retryAt: NOON + 5, coolingUntil: NOON + 7 }, NOON + 7],
    [
      'when both are over, the other way round',
      { gate: 'open', retryAt: NOON + 9, coolingUntil: NOON + 7 },
      NOON + 9,
    ],
    [
      'with the first trial, though unhealthy',
      { gate: 'open', retryAt: NOON + 5, health: 'unhealthy' },
      NOON + 5,
    ],
    ['when an open circuit has no time', { gate: 'open' }, null],
    ['when cooling is not all', { coolingUntil: NOON + 7, health: 'unhealthy' }, null],
    [
      'when cooling is over and a trial is free',
      { coolingUntil: NOON + 7, health: 'unhealthy', gate: 'trial' },
      NOON + 7,
    ],
    ['when credentials must be mended', { gate: 'open', retryAt: NOON + 5, health: 'credentials' }, null],
    ['when every slot is taken', { gate: 'trials_taken', coolingUntil: NOON + 7 }, null],
    ['when it is disabled', { enabled: false, gate: 'open', retryAt: NOON + 5 }, null],
    ['when it is full', { inFlight: 1, maxConcurrency: 1 }, null],
  ])('of one is told %s', (_when, facts, time) => {
    expect(returnOf(candidate('a', facts))).toBe(time)
  })

  it('is that of the first to return', () => {
    const cooling = (ms: number) => candidate('a', { coolingUntil: NOON + ms })
    expect(returnOf(cooling(9), candidate('b', { enabled: false }), cooling(4), cooling(6))).toBe(NOON + 4)
  })
})
