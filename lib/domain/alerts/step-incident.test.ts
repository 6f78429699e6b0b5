import { describe, expect, it } from 'vitest'
import { T0 } from './alerts.fixture.ts'
import { GROUPING_DEFAULTS } from './grouping-policy.ts'
import { acknowledgeIncident, newIncident, type Incident } from './incident.ts'
import { stepIncident, type IncidentContext } from './step-incident.ts'

const context: IncidentContext = { now: T0, policy: GROUPING_DEFAULTS, channelsOf: () => ['pager'] }
const begun = newIncident({ id: 'i1', cause: 'provider:p1', startedAt: T0, severity: 'warning' })
const told = { ...begun.told, channels: ['pager'], lastAt: T0, notices: 1 }

describe('stepIncident', () => {
  it.each<[why: string, incident: Incident]>([
    ['over', { ...begun, told }],
    ['taken in by another', { ...begun, told, state: 'resolved', mergedInto: 'i0' }],
  ])('says the last word of one that is %s once', (_why, incident) => {
    const first = stepIncident(incident, context)
    expect(first.due).toEqual([{ notice: 'resolved', channels: ['pager'], sequence: 2 }])
    expect(stepIncident(first.incident, context)).toEqual({ incident: first.incident, due: [], nextAt: null })
  })

  it('says nothing of one that nobody was told of', () => {
    expect(stepIncident(begun, context)).toMatchObject({
      incident: { state: 'resolved', resolvedAt: T0 },
      due: [],
    })
  })
})

describe('acknowledgeIncident', () => {
  const ada = { by: 'ada', at: T0, note: null }

  it('takes the first, and only while it is open', () => {
    const seen = acknowledgeIncident(begun, ada)
    expect(seen.acknowledgement).toEqual(ada)
    expect(acknowledgeIncident(seen, { ...ada, by: 'bob' })).toBe(seen)
    const over: Incident = { ...begun, state: 'resolved' }
    expect(acknowledgeIncident(over, ada)).toBe(over)
  })
})
