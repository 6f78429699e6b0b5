import { type Histogram, newHistogram, recordValue } from '#lib/domain/histogram.ts'
import type { CheckRecord } from './records.ts'

const SECOND_MS = 1_000

/** Beyond this many rows of one model and second, errors are told apart by their kind alone, not by their words. */
const WORDY_ROWS = 200

/** Rows of one model and second, by what makes outcomes alike. */
type Alike = Map<number | string, CheckRecord>
/** A provider's rows of one second, by model. */
type Second = Map<string | null, Alike>

/**
 * Outcomes of traffic on their way to history: those of one provider, model and second that ended alike become one
 * row with their number and mean latency, and successes with a histogram of their latencies, so that neither rows nor
 * events nor bytes on disk grow with the traffic. No outcome is lost or counted twice, and each stays in its own second.
 */
export class TrafficRows {
  #seconds = new Map<string, Map<number, Second>>()
  #dueAt: number | null = null

  /** Takes an outcome in; the record becomes the rows' own. */
  add(check: CheckRecord, now: number): void {
    this.#dueAt ??= Math.floor(now / SECOND_MS) * SECOND_MS + SECOND_MS
    const alike = this.#alikeOf(check)
    const key = keyOf(check, alike.size < WORDY_ROWS)
    const row = alike.get(key)
    if (row === undefined) alike.set(key, check)
    else merge(row, check)
  }

  /** When `take` will have something to give, epoch ms; null while nothing waits. */
  get dueAt(): number | null {
    return this.#dueAt
  }

  /** Takes out all rows, by provider in the order in which they came. */
  take(): CheckRecord[] {
    const rows: CheckRecord[] = []
    for (const seconds of this.#seconds.values()) {
      for (const models of seconds.values()) {
        for (const alike of models.values()) rows.push(...alike.values())
      }
    }
    this.#seconds = new Map()
    this.#dueAt = null
    return rows
  }

  #alikeOf({ providerId, model, at }: CheckRecord): Alike {
    const seconds = heldOr(this.#seconds, providerId, () => new Map<number, Second>())
    const models = heldOr(seconds, Math.floor(at / SECOND_MS), (): Second => new Map())
    return heldOr(models, model, (): Alike => new Map())
  }
}

/** What the map holds under a key, made where there is nothing. */
function heldOr<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const held = map.get(key)
  if (held !== undefined) return held
  const made = make()
  map.set(key, made)
  return made
}

/** What outcomes must share to be one row; a number for the many that went well, which is cheaper. */
function keyOf(check: CheckRecord, isWordy: boolean): number | string {
  const { class: outcomeClass, kind, message, httpStatus, latencyMs } = check
  const isMeasured = latencyMs !== null
  if (outcomeClass === 'ok' && kind === null && message === null)
    return (httpStatus ?? 0) * 2 + Number(isMeasured)
  return `${outcomeClass} ${kind} ${httpStatus} ${isMeasured} ${isWordy ? message : ''}`
}

function merge(row: CheckRecord, check: CheckRecord): void {
  const count = row.count + check.count
  if (row.latencyMs !== null && check.latencyMs !== null) {
    if (row.class === 'ok') {
      row.latencies ??= latenciesOf(row.latencyMs, row.count)
      recordValue(row.latencies, check.latencyMs, check.count)
    }
    row.latencyMs += ((check.latencyMs - row.latencyMs) * check.count) / count
  }
  row.count = count
  row.at = Math.max(row.at, check.at)
}

function latenciesOf(ms: number, times: number): Histogram {
  const latencies = newHistogram()
  recordValue(latencies, ms, times)
  return latencies
}
