import { describe, expect, it } from 'vitest'
import { createSilenceSchema } from '#lib/contract/silence.ts'
import { incidentAlert } from './incident.fixture.ts'
import {
  filledMatchers,
  matchersOfIncident,
  newSilenceForm,
  silenceEndsAt,
  silenceRequest,
} from './silence-form.ts'
import { matchersWords, recurrenceWords } from './silence-words.ts'

const NOW = Date.parse('2026-11-28T10:00:00Z')
const acme = { field: 'provider', operator: 'is', value: 'acme' } as const
const form = { ...newSilenceForm([acme], 'Europe/Berlin'), reason: 'upgrade' }

describe('a silence’s request', () => {
  it('ends after the time that was chosen', () => {
    expect(silenceRequest(form, NOW, 'UTC')).toEqual({
      matchers: [acme],
      reason: 'upgrade',
      until: '2026-11-28T12:00:00.000Z',
      recurrence: null,
    })
  })

  it('ends at a wall-clock time in the zone', () => {
    const until = { ...form, end: 'until' as const, until: '2026-11-28T18:30' }
    expect(silenceRequest(until, NOW, 'Europe/Berlin').until).toBe('2026-11-28T17:30:00.000Z')
  })

  it('is refused while no end has been chosen', () => {
    const request = silenceRequest({ ...form, end: 'until' }, NOW, 'UTC')
    expect(createSilenceSchema.safeParse(request).error?.issues).toMatchObject([{ path: ['until'] }])
  })

  it('has no end when it comes again and again', () => {
    const recurring = { ...form, kind: 'recurring' as const }
    expect(silenceEndsAt(recurring, NOW, 'UTC')).toBeNull()
    const request = silenceRequest(recurring, NOW, 'UTC')
    expect(request).toMatchObject({
      until: null,
      recurrence: { cron: '0 2 * * 0', timeZone: 'Europe/Berlin', duration: '2h' },
    })
    expect(createSilenceSchema.safeParse(request).success).toBe(true)
  })

  it('begins with a matcher to fill in, which is not asked about', () => {
    const { matchers } = newSilenceForm([], 'UTC')
    expect(matchers).toHaveLength(1)
    expect(filledMatchers([...matchers, { ...acme, value: ' acme ' }])).toEqual([acme])
  })
})

describe('the matchers of an incident', () => {
  const route = { type: 'route', id: 'chat', model: null, text: 'route chat' } as const

  it.each([
    ['provider', ['acme'], [incidentAlert()], 'provider is acme'],
    ['monitor', [], [incidentAlert()], 'condition is monitor impaired'],
    ['route', [], [incidentAlert({ subject: route })], 'route is chat'],
    ['fleet', ['a', 'b'], [incidentAlert(), incidentAlert()], 'rule is Provider down'],
    ['fleet', ['a', 'b'], [incidentAlert(), incidentAlert({ ruleName: 'Slow' })], 'provider matches *'],
  ] as const)('%s: %#', (causeType, providerIds, members, words) => {
    const incident = { causeType, providerIds: [...providerIds], members: [...members] }
    expect(matchersWords(matchersOfIncident(incident))).toBe(words)
  })
})

describe('words of a silence', () => {
  it('join what must all hold', () => {
    const words = matchersWords([acme, { field: 'rule', operator: 'is_not', value: 'Slow' }])
    expect(words).toBe('provider is acme and rule is not Slow')
  })

  it('say when it comes again, and the expression where there are no words for it', () => {
    const zone = { timeZone: 'Asia/Kathmandu', duration: '90m' }
    expect(recurrenceWords({ cron: '0 2 * * 0', ...zone })).toMatch(
      /^every Sunday at 02:00 for 1.h 30.min, in Asia\/Kathmandu$/,
    )
    expect(recurrenceWords({ cron: '0 2 1 1 *', ...zone })).toMatch(/^by cron 0 2 1 1 \* for/)
  })
})
