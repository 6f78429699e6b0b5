import type { ProviderRow } from '#lib/contract/monitor.ts'
import { OUTCOME_CLASSES, type OutcomeClass } from '#lib/domain/outcome.ts'
import { formatShare, plural } from './format.ts'
import { classCount } from './outcome-words.ts'

/** A provider's traffic of the last hour: its share now and an hour ago, and what became of it by class. */
export type TrafficCell = {
  share: string
  /** Its share in the hour before; null where that is the same or unknown. */
  was: string | null
  /** Classes that occurred with their parts, 0..1, ok first. */
  parts: readonly { class: OutcomeClass; part: number }[]
  summary: string
}

type Counts = ProviderRow['lastHour']['traffic']

/** What a row shows of its traffic. */
export function trafficCell({ share, earlierShare, traffic }: ProviderRow['lastHour']): TrafficCell {
  const total = totalOf(traffic)
  const now = formatShare(share)
  const before = earlierShare === null ? null : formatShare(earlierShare)
  return {
    share: now,
    was: before === now ? null : before,
    parts: OUTCOME_CLASSES.flatMap((outcomeClass) => {
      const count = traffic[outcomeClass] ?? 0
      return count === 0 ? [] : [{ class: outcomeClass, part: count / total }]
    }),
    summary: total === 0 ? 'no traffic in the last hour' : `${plural(total, 'call')}: ${classWords(traffic)}`,
  }
}

/** How many calls in all. */
export const totalOf = (traffic: Counts): number =>
  Object.values(traffic).reduce((sum, count) => sum + count, 0)

/** "1,204 ok, 12 rate limited": every class that occurred. */
export const classWords = (traffic: Counts): string =>
  OUTCOME_CLASSES.flatMap((outcomeClass) => {
    const count = traffic[outcomeClass] ?? 0
    return count === 0 ? [] : [classCount(count, outcomeClass)]
  }).join(', ')
