import { describe, expect, it } from 'vitest'
import { aCircuit, aDeadProvider, aProvider, aRule, T0, windowsOf } from './alerts.fixture.ts'
import { compileRule } from './compiled-rule.ts'
import type { SubjectFacts } from './facts.ts'
import { GROUPING_DEFAULTS } from './grouping-policy.ts'
import type { Silence } from './silence.ts'
import { bookOf, EMPTY_BOOK, tick, type AlertBook } from './tick.ts'

const RULES = [
  compileRule(aRule({ id: 'down' })),
  compileRule(aRule({ id: 'opened', condition: { type: 'circuit_opened' }, forMs: 0 })),
]
const open = (id: string) => aCircuit(id, null, { state: 'open' })

/** What is told of each alert's mute, tick by tick, a second apart. */
function watch(stored: AlertBook = EMPTY_BOOK) {
  let book = stored
  let now = T0
  let nextId = 0
  const look = (subjects: readonly SubjectFacts[], silences: readonly Silence[] = []) => {
    now += 1_000
    const result = tick(book, {
      rules: RULES,
      subjects,
      enabledProviders: 9,
      context: { now, windows: windowsOf() },
      silences,
      policy: GROUPING_DEFAULTS,
      channelsOf: () => ['pager'],
      newId: () => `i${nextId++}`,
    })
    book = result.book
    return [...book.incidents.values()].flatMap(({ members }) =>
      members.map(({ labels, mute }) => `${labels.providerId} ${labels.ruleId}: ${mute ?? 'told'}`),
    )
  }
  return { look, book: () => book }
}

describe('an alarm that does not change itself', () => {
  it('is muted when what explains it begins, and told when that is over, and nobody else is', () => {
    const { look } = watch()
    const well = [aProvider('p1'), open('p1'), aProvider('p2'), open('p2')]
    expect(look(well)).toEqual(['p1 opened: told', 'p2 opened: told'])
    const dead = [aDeadProvider('p1'), ...well.slice(1)]
    expect(look(dead)).toEqual(['p1 opened: provider_unhealthy', 'p2 opened: told'])
    expect(look(dead)).toEqual(['p1 opened: provider_unhealthy', 'p2 opened: told'])
    expect(look(well)).toEqual(['p1 opened: told', 'p2 opened: told'])
  })

  it('is muted while a silence is in force', () => {
    const { look } = watch()
    const subjects = [aProvider('p1'), open('p1'), aProvider('p2'), open('p2')]
    const silence: Silence = {
      id: 's',
      matchers: [{ field: 'provider', operator: 'is', value: 'p2' }],
      createdBy: 'ada',
      reason: '',
      intervals: [{ from: T0 + 2_000, until: T0 + 4_000 }],
    }
    const told = Array.from({ length: 4 }, () => look(subjects, [silence])[1])
    expect(told).toEqual(['p2 opened: told', 'p2 opened: silence', 'p2 opened: silence', 'p2 opened: told'])
  })

  it('is muted as before after a start, by what was down by then', () => {
    const dead = [aDeadProvider('p1'), open('p1')]
    const before = watch()
    for (let seconds = 0; seconds < 70; seconds += 1) before.look(dead)
    const mutes = ['p1 down: told', 'p1 opened: provider_unhealthy']
    expect(before.look(dead)).toEqual(mutes)
    const { alerts, incidents } = before.book()
    const kept = [...alerts.values()].flatMap((ofSubject) => [...ofSubject.values()])
    const after = watch(bookOf(kept, [...incidents.values()]))
    for (let seconds = 0; seconds < 3; seconds += 1) expect(after.look(dead)).toEqual(mutes)
  })
})
