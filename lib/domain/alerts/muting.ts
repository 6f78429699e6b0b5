import type { AlertLabels } from './alert.ts'
import type { Mute } from './incident.ts'
import { inhibitedBy, type Inhibitors } from './inhibition.ts'
import { silenceOf, type Silence } from './silence.ts'

/** What keeps alerts from being told at one time: what inhibits, and the silences that are in force. */
export type Muting = { inhibitors: Inhibitors; silences: readonly Silence[] }

/** Whose mutes may be others than before: everybody's, or those of these causes. */
export type Remuted = 'everybody' | ReadonlySet<string>

/** Why an alert is told to nobody; null when it is told. */
export const muteAt =
  ({ inhibitors, silences }: Muting, now: number) =>
  (labels: AlertLabels): Mute | null =>
    inhibitedBy(labels, inhibitors) ?? (silenceOf(labels, silences, now) === null ? null : 'silence')

type Between = {
  /** Null: nobody knows what was muted. */
  before: Muting | null
  after: Muting
  /** The providers that may inhibit otherwise than before, and the causes that they are. */
  touched: ReadonlyMap<string, string>
}

/** Whose mutes may have changed from one time to another. */
export function remutedBetween({ before, after, touched }: Between): Remuted {
  if (before === null || !isSameList(before.silences, after.silences)) return 'everybody'
  const [was, is] = [before.inhibitors, after.inhibitors]
  if ((was.monitorUntil === null) !== (is.monitorUntil === null)) return 'everybody'
  const remuted = new Set<string>()
  for (const [providerId, cause] of touched)
    if (inhibits(was, providerId) !== inhibits(is, providerId)) remuted.add(cause)
  return remuted
}

/** By which conditions a provider inhibits, as a text. */
const inhibits = ({ causes }: Inhibitors, providerId: string): string =>
  [...causes].flatMap(([condition, providers]) => (providers.has(providerId) ? [condition] : [])).join()

const isSameList = (a: readonly Silence[], b: readonly Silence[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index])
