import { causeOf, isProvider } from './cause.ts'
import { isLoud, SEVERITIES, type Member, type Severity } from './incident.ts'
import { isOfOutage } from './outage.ts'

/** What an incident's members come to. It is kept beside them: there may be hundreds of thousands. */
export type Tally = {
  /** Not over. */
  present: number
  firing: number
  /** Told to somebody, or to be told, by severity. */
  loud: Record<Severity, number>
  /** Loud, and no channel knows of it. */
  untold: number
  /** Members that are not over, by their cause; and how many of these causes are providers. */
  byCause: Map<string, number>
  providers: number
  /** Loud members that say that something does not work, by provider; null: of no provider. */
  failing: Map<string | null, number>
}

/** What no members come to. */
export const newTally = (): Tally => ({
  present: 0,
  firing: 0,
  loud: { info: 0, warning: 0, critical: 0 },
  untold: 0,
  byCause: new Map(),
  providers: 0,
  failing: new Map(),
})

/** The same figures, to be changed by themselves. */
export const copyOf = (tally: Tally): Tally => ({
  ...tally,
  loud: { ...tally.loud },
  byCause: new Map(tally.byCause),
  failing: new Map(tally.failing),
})

/** Counts a member in (`by` 1) or out again (−1). */
export function count(tally: Tally, member: Member, by: 1 | -1): void {
  if (member.state === 'over') return
  const { labels, state, isTold } = member
  tally.present += by
  if (state === 'firing') tally.firing += by
  const cause = causeOf(labels)
  if (movesZero(tally.byCause, cause, by) && isProvider(cause)) tally.providers += by
  if (!isLoud(member)) return
  tally.loud[labels.severity] += by
  if (!isTold) tally.untold += by
  if (isOfOutage(labels)) movesZero(tally.failing, labels.providerId, by)
}

/** Adds another's figures; they may have causes in common. */
export function addTo(tally: Tally, more: Readonly<Tally>): void {
  tally.present += more.present
  tally.firing += more.firing
  tally.untold += more.untold
  for (const severity of SEVERITIES) tally.loud[severity] += more.loud[severity]
  for (const [cause, members] of more.byCause) {
    if (isProvider(cause) && !tally.byCause.has(cause)) tally.providers += 1
    tally.byCause.set(cause, (tally.byCause.get(cause) ?? 0) + members)
  }
  for (const [providerId, members] of more.failing)
    tally.failing.set(providerId, (tally.failing.get(providerId) ?? 0) + members)
}

/** Adds to a count that is left out while it is 0; says whether it was, or now is. */
function movesZero<Key>(counts: Map<Key, number>, key: Key, by: 1 | -1): boolean {
  const before = counts.get(key) ?? 0
  if (before + by === 0) counts.delete(key)
  else counts.set(key, before + by)
  return before === 0 || before + by === 0
}

/** Whether anybody is to be told of any of them. */
export const hasLoud = ({ loud }: Tally): boolean => loud.info + loud.warning + loud.critical > 0
