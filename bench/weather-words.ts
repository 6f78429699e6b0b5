import type { Tick } from '#lib/domain/alerts/tick.ts'

/** When word of incidents went out: the alarm, and that it is over. Times are epoch ms. */
export class WordTimes {
  readonly #alarmAt = new Map<string, number>()
  readonly #overAt = new Map<string, number>()

  note({ due }: Tick, now: number): void {
    for (const { incident, notice } of due) {
      if (notice === 'triggered' && !this.#alarmAt.has(incident.id)) this.#alarmAt.set(incident.id, now)
      if (notice === 'resolved') this.#overAt.set(incident.id, now)
    }
  }

  /** When the first of these was told; null when none was. */
  firstAlarmAt = (ids: readonly string[]): number | null => edge(this.#alarmAt, ids, Math.min)

  /** When the last of these was told to be over; null when none was. */
  lastOverAt = (ids: readonly string[]): number | null => edge(this.#overAt, ids, Math.max)
}

function edge(
  times: ReadonlyMap<string, number>,
  ids: readonly string[],
  pick: (...of: number[]) => number,
): number | null {
  const known = ids.flatMap((id) => times.get(id) ?? [])
  return known.length === 0 ? null : pick(...known)
}

/** The median and the longest of some spans, in minutes; NaN without any. */
export function spread(spansMs: readonly number[]): { medianMin: number; longestMin: number } {
  const sorted = [...spansMs].sort((a, b) => a - b)
  const inMinutes = (at: number) => (sorted[at] ?? Number.NaN) / 60_000
  return { medianMin: inMinutes(Math.floor(sorted.length / 2)), longestMin: inMinutes(sorted.length - 1) }
}
