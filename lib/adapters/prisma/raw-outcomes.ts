import type { Alike } from '#lib/domain/tally.ts'
import { CLASS_CODES, CLASS_WORDS } from './check-codes.ts'
import { unpackWithRange } from './packed-sketch.ts'

/** A row of `checks` as it is added up: codes, tenths of a ms, and its sketch in hexadecimal. */
export type RawOutcomes = [outcomeClass: number, latency: number | null, count: number, sketch: string | null]

/** The sketch of a row of `checks c`, looked up only where there can be one: the index holds the rest. */
export const SKETCH_OF_MANY = `CASE WHEN c.count > 1 AND c.class = ${CLASS_CODES.ok} THEN (SELECT hex(sketch) FROM checks s WHERE s.id = c.id) END`

/** The outcomes that a row stands for; null for a class of another version. */
export function alikeOf([code, latency, count, sketch]: RawOutcomes): Alike | null {
  const outcomeClass = CLASS_WORDS.get(code)
  if (outcomeClass === undefined) return null
  return {
    class: outcomeClass,
    count,
    latencyMs: latency === null ? null : latency / 10,
    latencies: sketch === null || sketch === '' ? null : unpackWithRange(Buffer.from(sketch, 'hex')),
  }
}
