import type { Alert, AlertLabels } from './alert.ts'
import { CONDITION_TYPES, type ConditionType } from './condition.ts'
import { isAlarm } from './course.ts'
import { SYMPTOMS_OF_DOWN } from './outage.ts'

/** What explains what: while the cause lasts, its symptoms are told to nobody. */
export type Inhibition = {
  cause: ConditionType
  symptoms: ReadonlySet<ConditionType>
  /** Whose symptoms: everybody's, or those of the cause's own provider. */
  reach: 'everything' | 'same_provider'
}

/**
 * Which is cause and which is symptom. A monitor in trouble cannot be believed about anything but itself. A provider
 * that is down drags its own figures and circuits along.
 */
export const INHIBITIONS: readonly Inhibition[] = [
  {
    cause: 'monitor_impaired',
    symptoms: new Set(CONDITION_TYPES.filter((type) => type !== 'monitor_impaired')),
    reach: 'everything',
  },
  {
    cause: 'provider_unhealthy',
    symptoms: new Set(SYMPTOMS_OF_DOWN),
    reach: 'same_provider',
  },
]

/**
 * How long after the monitor is well again it is still not believed, in ms: two rounds of checks at the default
 * interval and the wait of a rule, so that what it saw while it was ill has been seen anew.
 */
export const MONITOR_LINGER_MS = 120_000

/** What inhibits at one time. `monitorUntil` is kept from one evaluation to the next. */
export type Inhibitors = {
  monitorUntil: number | null
  causes: ReadonlyMap<ConditionType, ReadonlySet<string>>
}

/** Nothing inhibits. */
export const NO_INHIBITORS: Inhibitors = { monitorUntil: null, causes: new Map() }

type Sources = {
  alerts: Iterable<Alert>
  /** The providers of whom `alerts` has all that may inhibit; others inhibit as before. Without it, everybody. */
  about?: ReadonlyMap<string, unknown>
  isMonitorDown: boolean
  now: number
}

/**
 * What inhibits at `now`. A monitor in trouble or cut off from the network does so at once, by its facts, whether or
 * not a rule tells of it; other causes by an alert that is pending or an alarm, so that a symptom is never withheld in
 * favour of something that nobody would be told.
 */
export function inhibitorsAt(before: Inhibitors, { alerts, about, isMonitorDown, now }: Sources): Inhibitors {
  const until = monitorUntil(before, isMonitorDown, now)
  if (about?.size === 0) return { monitorUntil: until, causes: before.causes }
  const causes = about === undefined ? new Map<ConditionType, Set<string>>() : causesBut(before, about)
  for (const { labels, course } of alerts) {
    if (labels.providerId === null || !isCause(labels.condition)) continue
    if (course.state !== 'pending' && !isAlarm(course)) continue
    const providers = causes.get(labels.condition) ?? new Set()
    causes.set(labels.condition, providers.add(labels.providerId))
  }
  return { monitorUntil: until, causes }
}

/** What inhibits, but for some providers. */
const causesBut = (
  { causes }: Inhibitors,
  about: ReadonlyMap<string, unknown>,
): Map<ConditionType, Set<string>> =>
  new Map(
    [...causes].flatMap(([condition, providers]) => {
      const others = new Set([...providers].filter((providerId) => !about.has(providerId)))
      return others.size === 0 ? [] : [[condition, others]]
    }),
  )

/** The condition that explains the alert, so that it is not told; null when it stands for itself. */
export function inhibitedBy(labels: AlertLabels, inhibitors: Inhibitors): ConditionType | null {
  for (const { cause, symptoms, reach } of INHIBITIONS) {
    if (!symptoms.has(labels.condition)) continue
    const isThere =
      reach === 'everything'
        ? inhibitors.monitorUntil !== null
        : labels.providerId !== null && inhibitors.causes.get(cause)?.has(labels.providerId) === true
    if (isThere) return cause
  }
  return null
}

const SAME_PROVIDER_CAUSES = new Set(
  INHIBITIONS.filter(({ reach }) => reach === 'same_provider').map(({ cause }) => cause),
)

/** Whether alerts of this condition explain others of their provider. */
export const isCause = (type: ConditionType): boolean => SAME_PROVIDER_CAUSES.has(type)

function monitorUntil({ monitorUntil: until }: Inhibitors, isDown: boolean, now: number): number | null {
  if (isDown) return now + MONITOR_LINGER_MS
  // A clock that was set back does not make it longer.
  return until !== null && now < until && until - now <= MONITOR_LINGER_MS ? until : null
}
