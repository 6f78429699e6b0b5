import type { IncidentAlert, IncidentDetail } from '#lib/contract/incident.ts'
import type { CreateSilence } from '#lib/contract/silence.ts'
import { parseDuration } from '#lib/contract/duration.ts'
import type { Matcher } from '#lib/domain/alerts/silence.ts'
import { overrideEndsAt } from './override-form.ts'
import type { Zone } from './zoned-time.ts'

/** How long a silence may last without a time being chosen. */
export const SILENCE_ENDS = ['30m', '2h', '8h', 'until'] as const
export type SilenceEnd = (typeof SILENCE_ENDS)[number]

/** What has been filled in so far; `until` is a wall-clock time without a zone, `2026-01-31T18:30`. */
export type SilenceForm = {
  matchers: Matcher[]
  reason: string
  kind: 'once' | 'recurring'
  end: SilenceEnd
  until: string
  cron: string
  timeZone: string
  duration: string
}

/** A matcher that nothing is filled into. */
export const emptyMatcher = (): Matcher => ({ field: 'provider', operator: 'is', value: '' })

/** A form with these matchers, for two hours; without any, with one to fill in. */
export const newSilenceForm = (matchers: readonly Matcher[], timeZone: string): SilenceForm => ({
  matchers: matchers.length === 0 ? [emptyMatcher()] : [...matchers],
  reason: '',
  kind: 'once',
  end: '2h',
  until: '',
  cron: '0 2 * * 0',
  timeZone,
  duration: '2h',
})

/** When a silence of the form would end, epoch ms; null while no time has been chosen, and for a recurring one. */
export function silenceEndsAt(form: SilenceForm, now: number, zone: Zone): number | null {
  if (form.kind === 'recurring') return null
  if (form.end !== 'until') return now + (parseDuration(form.end) ?? 0)
  return overrideEndsAt(
    { mode: 'shadow', reason: '', confirm: '', end: 'until', until: form.until },
    now,
    zone,
  )
}

/** The form as the server wants it. A time that is missing becomes no end, which the schema refuses. */
export function silenceRequest(form: SilenceForm, now: number, zone: Zone): CreateSilence {
  const { matchers, reason, cron, timeZone, duration } = form
  const endsAt = silenceEndsAt(form, now, zone)
  return {
    matchers,
    reason,
    until: endsAt === null ? null : new Date(endsAt).toISOString(),
    recurrence: form.kind === 'recurring' ? { cron, timeZone, duration } : null,
  }
}

/** The matchers that can be asked about: those that have a value. */
export const filledMatchers = (matchers: readonly Matcher[]): Matcher[] =>
  matchers.map((matcher) => ({ ...matcher, value: matcher.value.trim() })).filter(({ value }) => value !== '')

/** The matchers that silence an incident: its provider or route, the monitor's alerts, or of a fleet the one rule or all about providers. */
export function matchersOfIncident({
  causeType,
  providerIds,
  members,
}: Pick<IncidentDetail, 'causeType' | 'providerIds' | 'members'>): Matcher[] {
  const [providerId] = providerIds
  if (causeType === 'provider' && providerId !== undefined)
    return [{ field: 'provider', operator: 'is', value: providerId }]
  if (causeType === 'monitor') return [{ field: 'condition', operator: 'is', value: 'monitor_impaired' }]
  if (causeType === 'route') return routeMatchers(members)
  const rules = new Set(members.map(({ ruleName }) => ruleName))
  const [rule] = rules
  return rules.size === 1 && rule !== undefined
    ? [{ field: 'rule', operator: 'is', value: rule }]
    : [{ field: 'provider', operator: 'matches', value: '*' }]
}

function routeMatchers(members: readonly IncidentAlert[]): Matcher[] {
  const route = members.find(({ subject }) => subject.type === 'route')?.subject.id ?? null
  return route === null ? [] : [{ field: 'route', operator: 'is', value: route }]
}
