import { describe, expect, it } from 'vitest'
import { labelsFor, T0 } from './alerts.fixture.ts'
import { newAlert, type Alert } from './alert.ts'
import type { AlertState } from './alert-table.ts'
import { CONDITION_TYPES, type ConditionType } from './condition.ts'
import { NEW_COURSE } from './course.ts'
import { inhibitedBy, INHIBITIONS, inhibitorsAt, MONITOR_LINGER_MS, NO_INHIBITORS } from './inhibition.ts'

const alert = (condition: ConditionType, state: AlertState, provider = 'p1'): Alert => ({
  ...newAlert(labelsFor(provider, condition)),
  course: { ...NEW_COURSE, state },
})
const at = (alerts: readonly Alert[], isMonitorDown = false, now = T0) =>
  inhibitorsAt(NO_INHIBITORS, { alerts, isMonitorDown, now })

describe('inhibition', () => {
  it.each(CONDITION_TYPES.map((type) => [type]))('by a monitor in trouble, of %s', (condition) => {
    const cause = condition === 'monitor_impaired' ? null : 'monitor_impaired'
    expect(inhibitedBy(labelsFor('p1', condition), at([], true))).toBe(cause)
  })

  it.each<[ConditionType, boolean]>([
    ['provider_unhealthy', false],
    ['provider_degraded', true],
    ['circuit_opened', true],
    ['circuit_flapping', true],
    ['success_rate', true],
    ['latency_p95', true],
    ['burn_rate', true],
    ['no_traffic', true],
    ['route_members', false],
    ['probe_cost', false],
    ['override_ending', false],
    ['monitor_impaired', false],
  ])('by a provider that is down, of %s: %s', (condition, is) => {
    const inhibitors = at([alert('provider_unhealthy', 'firing')])
    expect(inhibitedBy(labelsFor('p1', condition), inhibitors)).toBe(is ? 'provider_unhealthy' : null)
    expect(inhibitedBy(labelsFor('p2', condition), inhibitors)).toBeNull()
    expect(inhibitedBy(labelsFor('', condition, { providerId: null }), inhibitors)).toBeNull()
  })

  it.each<[AlertState, boolean]>([
    ['inactive', false],
    ['pending', true],
    ['firing', true],
    ['recovering', true],
    ['resolved', false],
  ])('comes of a cause that is %s: %s', (state, is) => {
    const cause = inhibitedBy(labelsFor('p1', 'success_rate'), at([alert('provider_unhealthy', state)]))
    expect(cause !== null).toBe(is)
  })

  it('comes of no symptom', () => {
    expect(
      inhibitedBy(labelsFor('p1', 'success_rate'), at([alert('provider_degraded', 'firing')])),
    ).toBeNull()
  })

  it('has no cause among its own symptoms, directly or in a circle', () => {
    const explains = (from: ConditionType, seen: ConditionType[] = []): ConditionType[] =>
      INHIBITIONS.filter(({ cause }) => cause === from && !seen.includes(from)).flatMap(({ symptoms }) =>
        [...symptoms].flatMap((symptom) => [symptom, ...explains(symptom, [...seen, from])]),
      )
    for (const { cause } of INHIBITIONS) expect(explains(cause)).not.toContain(cause)
  })

  it('outlasts the trouble of the monitor, and not for ever', () => {
    const down = at([], true)
    const after = (passedMs: number) =>
      inhibitorsAt(down, { alerts: [], isMonitorDown: false, now: T0 + passedMs })
    const labels = labelsFor('p1')
    expect(inhibitedBy(labels, after(MONITOR_LINGER_MS - 1))).toBe('monitor_impaired')
    expect(inhibitedBy(labels, after(MONITOR_LINGER_MS))).toBeNull()
    expect(inhibitedBy(labels, after(-3_600_000))).toBeNull()
  })
})
