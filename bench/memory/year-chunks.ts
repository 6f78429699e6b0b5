import { newCircuit } from '#lib/domain/breaker.ts'
import { ChunkWriter } from '#lib/domain/replay/chunk-writer.ts'
import type { CallRecord, StateRecord } from '#lib/domain/replay/record.ts'
import { stretchAt } from '#lib/domain/history-tiers.ts'
import { providerId } from './bench-provider.ts'
import { visitChecks, type YearCheck } from './weather.ts'

const HOUR_MS = 3_600_000
/** What a failed check of the bench takes. */
const FAILURE_MS = 50

/** One provider's checks of one hour, packed as the recorder packs them. */
export type HourChunk = { hour: number; chunk: Uint8Array; outcomes: number }

/** A provider's checks in a range, in chunks of an hour, each with a state before it. */
export function hourChunks(
  index: number,
  { from, to, intervalMs }: { from: number; to: number; intervalMs: number },
): HourChunk[] {
  const chunks: HourChunk[] = []
  let hour = 0
  let place = 0
  let writer: ChunkWriter | null = null
  const finish = () => {
    if (writer !== null) chunks.push({ hour, chunk: writer.bytes(), outcomes: writer.outcomes })
  }
  visitChecks(index, { from, to, intervalMs }, (check) => {
    if (stretchAt(check.at, HOUR_MS) !== hour) {
      finish()
      hour = stretchAt(check.at, HOUR_MS)
      const beganAt = check.at - durationOf(check)
      writer = new ChunkWriter(beganAt, place)
      writer.add(stateOf(index, { at: beganAt, from, isStart: chunks.length === 0 }))
      place += 1
    }
    writer?.add(callOf(check))
    place += 2
  })
  finish()
  return chunks
}

const durationOf = ({ latencyMs }: YearCheck) => Math.ceil(latencyMs ?? FAILURE_MS)

function callOf({ at, class: outcomeClass, latencyMs }: YearCheck): CallRecord {
  const isOk = outcomeClass === 'ok'
  return {
    type: 'call',
    at,
    begins: 1,
    distance: 1,
    origin: 'check',
    model: null,
    hasCircuit: false,
    beganAt: at - durationOf({ at, class: outcomeClass, latencyMs }),
    endedAt: at,
    class: outcomeClass,
    kind: isOk ? null : outcomeClass === 'rate_limited' ? 'rate_limited' : 'http_status',
    answered: true,
    retryAfterMs: outcomeClass === 'rate_limited' ? 10_000 : null,
    latencyMs: isOk ? Math.ceil(latencyMs ?? 0) : FAILURE_MS,
    completion: false,
    accountWide: true,
  }
}

const stateOf = (
  index: number,
  { at, from, isStart }: { at: number; from: number; isStart: boolean },
): StateRecord => ({
  type: 'state',
  isStart,
  at,
  begins: 0,
  state: {
    bornAt: from,
    version: 1,
    circuits: [{ model: null, circuit: newCircuit(providerId(index), from), lastTrafficAt: 0 }],
    openCalls: [],
  },
})
