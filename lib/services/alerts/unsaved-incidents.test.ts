import { describe, expect, it } from 'vitest'
import { incident, incidentEvent } from '#lib/adapters/storage/test-alerting-records.ts'
import type { Incident, Member } from '#lib/domain/alerts/incident.ts'
import { MOST_AT_ONCE, UnsavedIncidents } from './unsaved-incidents.ts'

const [member] = incident('acme').members as [Member]

/** An incident with so many alerts. */
const of = (id: string, alerts: number): Incident => ({
  ...incident(id),
  members: Array.from({ length: alerts }, (_, index) => ({
    ...member,
    labels: { ...member.labels, ruleId: `r${index}` },
  })),
})
const ids = ({ incidents }: { incidents: readonly Incident[] }) => incidents.map(({ id }) => id)

describe('incidents that are to be written', () => {
  it('are written at once, with what happened, as long as they are not many', () => {
    const unsaved = new UnsavedIncidents()
    unsaved.add(of('a', 10), [incidentEvent('1')])
    unsaved.add(of('b', 10), [incidentEvent('2')])
    const { incidents, incidentEvents } = unsaved.take([])
    expect(ids({ incidents })).toEqual(['of-a', 'of-b'])
    expect(incidentEvents.map(({ id }) => id)).toEqual(['1', '2'])
    expect(unsaved.size).toBe(0)
    expect(unsaved.take([])).toEqual({ incidents: [], incidentEvents: [] })
  })

  it('wait their turn where there are many, and are then written as they are by then', () => {
    const unsaved = new UnsavedIncidents()
    for (let index = 0; index < 10; index += 1)
      unsaved.add(of(`p${index}`, MOST_AT_ONCE / 4), [incidentEvent(`begin-${index}`)])
    expect(ids(unsaved.take([]))).toEqual(['of-p0', 'of-p1', 'of-p2', 'of-p3'])
    unsaved.add(of('p0', MOST_AT_ONCE / 4), [])
    unsaved.add({ ...of('p9', 1), state: 'recovering' }, [incidentEvent('end-9')])
    expect(ids(unsaved.take([]))).toEqual(['of-p4', 'of-p5', 'of-p6', 'of-p7'])
    const { incidents, incidentEvents } = unsaved.take([])
    expect(ids({ incidents })).toEqual(['of-p8', 'of-p9', 'of-p0'])
    expect(incidents[1]).toMatchObject({ state: 'recovering' })
    expect(incidentEvents.map(({ id }) => id)).toEqual(['begin-8', 'begin-9', 'end-9'])
  })

  it('are written at once, whatever else waits, when somebody is told of them', () => {
    const unsaved = new UnsavedIncidents()
    for (const id of ['a', 'b', 'c']) unsaved.add(of(id, MOST_AT_ONCE), [])
    expect(ids(unsaved.take(['of-c', 'of-b']))).toEqual(['of-c', 'of-b'])
    // What was too much is made up for.
    expect(ids(unsaved.take([]))).toEqual([])
    expect(ids(unsaved.take([]))).toEqual(['of-a'])
  })

  it('do not undo what was written of them meanwhile', () => {
    const unsaved = new UnsavedIncidents()
    unsaved.add(of('a', 1), [incidentEvent('1')])
    const acknowledged = { ...of('a', 1), acknowledgement: { by: 'ada', at: 0, note: null } }
    unsaved.supersede(acknowledged)
    unsaved.supersede(of('b', 1))
    expect(unsaved.get('of-a')).toBe(acknowledged)
    expect(unsaved.get('of-b')).toBeNull()
    expect(unsaved.takeAll()).toMatchObject({ incidents: [acknowledged], incidentEvents: [{ id: '1' }] })
  })

  it('are all written when nobody will look again', () => {
    const unsaved = new UnsavedIncidents()
    for (const id of ['a', 'b', 'c']) unsaved.add(of(id, MOST_AT_ONCE), [])
    expect(ids(unsaved.takeAll())).toEqual(['of-a', 'of-b', 'of-c'])
    expect(unsaved.size).toBe(0)
  })
})
