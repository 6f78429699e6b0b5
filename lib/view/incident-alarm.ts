import type { IncidentRow } from '#lib/contract/incident-row.ts'
import { isLoudIncident } from './incident-view.ts'

/** Ids of what made itself heard already; null: nothing has been seen yet. */
export type Heard = ReadonlySet<string> | null

/**
 * Which incidents have begun to want somebody since the last look, and what is to be remembered for the next. What
 * fires at the first look is no news; what somebody has acknowledged never is.
 */
export function newlyLoud(
  heard: Heard,
  open: readonly IncidentRow[],
): { heard: ReadonlySet<string>; started: IncidentRow[] } {
  const loud = open.filter((incident) => isLoudIncident(incident) && incident.acknowledgement === null)
  return {
    heard: new Set(loud.map(({ id }) => id)),
    started: heard === null ? [] : loud.filter(({ id }) => !heard.has(id)),
  }
}

const MARKS = /^(?:\(stale\) )?(?:\(\d+ firing\) )?/

/** The window's title with what it has to say first: that it is stale, and how many incidents fire. Marks are not added twice. */
export function markedTitle(
  title: string,
  { isStale, firing }: { isStale: boolean; firing: number },
): string {
  const plain = title.replace(MARKS, '')
  return `${isStale ? '(stale) ' : ''}${firing > 0 ? `(${firing} firing) ` : ''}${plain}`
}
