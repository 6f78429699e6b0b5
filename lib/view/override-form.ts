import type { CircuitSnapshot, SetOverride } from '#lib/contract/circuit.ts'
import { formatDuration, parseDuration } from '#lib/contract/duration.ts'
import type { OverrideMode } from '#lib/domain/circuit.ts'
import { capitalise, leftWords, formatPercent, roughSpanWords, inWords, plural } from './format.ts'
import { zoneOffsetMs, type Zone } from './zoned-time.ts'

export const OVERRIDE_ENDS = ['15m', '1h', '4h', 'until'] as const
export type OverrideEnd = (typeof OVERRIDE_ENDS)[number]

/** What an operator has filled in so far; `until` is a wall-clock time without a zone, `2026-01-31T18:30`. */
export type OverrideForm = {
  mode: OverrideMode
  reason: string
  end: OverrideEnd
  until: string
  confirm: string
}

export const EMPTY_OVERRIDE_FORM: OverrideForm = {
  mode: 'forced_open',
  reason: '',
  end: '1h',
  until: '',
  confirm: '',
}

const HOUR = 3_600_000

/** Whether an override of this mode may last until that end: forced closed ends within the hour. */
export const endAllowed = (mode: OverrideMode, end: OverrideEnd): boolean =>
  mode !== 'forced_closed' || end === 'until' || (parseDuration(end) ?? 0) <= HOUR

/** The form with another mode; an end that the mode does not allow becomes the default hour. */
export const withMode = (form: OverrideForm, mode: OverrideMode): OverrideForm => ({
  ...form,
  mode,
  end: endAllowed(mode, form.end) ? form.end : '1h',
})

/** When the override would end, epoch ms; null while no time has been chosen. */
export function overrideEndsAt(form: OverrideForm, now: number, zone: Zone): number | null {
  if (form.end !== 'until') return now + (parseDuration(form.end) ?? 0)
  const wall = Date.parse(`${form.until}Z`)
  if (Number.isNaN(wall)) return null
  // Twice, because the offset that counts is the one at the end itself, which may lie past a change of clocks.
  const guess = wall - zoneOffsetMs(wall, zone)
  return wall - zoneOffsetMs(guess, zone)
}

/** The form as the server wants it. A time that is missing or past becomes `0s`, which the schema refuses. */
export function overrideRequest(form: OverrideForm, now: number, zone: Zone): SetOverride {
  const endsAt = overrideEndsAt(form, now, zone)
  const seconds = endsAt === null ? 0 : Math.max(0, Math.round((endsAt - now) / 1_000))
  return {
    mode: form.mode,
    reason: form.reason,
    ttl: form.end === 'until' ? formatDuration(seconds * 1_000) : form.end,
    ...(form.confirm === '' ? {} : { confirm: form.confirm }),
  }
}

/** What each mode does to traffic, in words. `name` is the provider's or `model of provider`. */
export function overrideEffects(name: string, circuit: CircuitSnapshot): Record<OverrideMode, string> {
  const releaseRate = Math.min(0.9, 1.5 * circuit.trips.failureRate)
  return {
    forced_open: `No request is sent to ${name}; its share moves to the other members of its routes. Checks go on.`,
    forced_closed:
      `Every request is admitted, even while the automatic state is open. At most 1 h, and it releases itself when ` +
      `${formatPercent(releaseRate)} of calls fail for 2 min (of at least ${circuit.trips.minCalls}).`,
    shadow: `Every request is admitted. When the rules would have opened the circuit, that is only recorded.`,
  }
}

/** The automatic state in one line of facts: what it is, since when, and why. */
export function automaticStateLine(circuit: CircuitSnapshot, now: number): string {
  const parts = [
    `${capitalise(inWords(circuit.state))} for ${roughSpanWords(Math.max(0, now - Date.parse(circuit.since)))}`,
  ]
  if (circuit.state === 'open' && circuit.retryAt !== null) {
    parts.push(`next trial in ${leftWords(Date.parse(circuit.retryAt), now)}`)
  }
  if (circuit.state === 'half_open') parts.push(`${plural(circuit.trials.succeeded, 'trial')} succeeded`)
  if (circuit.cooling !== null) parts.push(`cooling for ${leftWords(Date.parse(circuit.cooling.until), now)}`)
  if (circuit.consecutiveFailures > 0)
    parts.push(`${plural(circuit.consecutiveFailures, 'failure')} in a row`)
  return parts.join(' · ')
}

/** What releasing the override does to traffic now, in words. */
export function releaseEffect(name: string, circuit: CircuitSnapshot): string {
  if (circuit.override === null) return 'There is no override any more: it has ended meanwhile.'
  switch (circuit.state) {
    case 'closed':
      return `The automatic state is closed: ${name} takes its share of the traffic again at once.`
    case 'open':
      return `The automatic state is open: no request is sent to ${name} until its trials succeed.`
    case 'half_open':
      return `The automatic state is half-open: ${name} gets a few trial calls until they succeed or one fails.`
  }
}
