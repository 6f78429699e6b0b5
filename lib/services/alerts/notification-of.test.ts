import { describe, expect, it } from 'vitest'
import { incident } from '#lib/adapters/storage/test-alerting-records.ts'
import type { Incident } from '#lib/domain/alerts/incident.ts'
import type { IncidentNotice } from '#lib/domain/alerts/step-incident.ts'
import { notificationOf } from './notification-of.ts'

const down = incident('acme')
const flapping: Incident = {
  ...down,
  members: down.members.map((member) => ({ ...member, isFlapping: true })),
}
const textOf = (of: Incident, notice: IncidentNotice = 'updated') =>
  notificationOf(of, { notice, sequence: 2 }, { at: of.startedAt, link: null }).text

describe('what is told of an alert that flaps', () => {
  it('says so while it does', () => {
    expect(textOf(down)).toBe('3 failures in a row: connect refused.')
    expect(textOf(flapping)).toBe(
      '3 failures in a row: connect refused. It flaps: it stays one alarm until it has been steady for a while.',
    )
  })

  it('does not when it is over', () => {
    const over: Incident = {
      ...flapping,
      members: flapping.members.map((member) => ({ ...member, state: 'over' })),
    }
    expect(textOf(over)).not.toMatch(/flap/)
    expect(textOf({ ...flapping, resolvedAt: flapping.startedAt + 600_000 }, 'resolved')).toBe(
      'It is over after 10 min.',
    )
  })
})
