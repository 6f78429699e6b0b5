import type { ErrorKind } from '../outcome.ts'
import type { CallRecord, CountedGroup, CountedRecord } from './record.ts'

const KIND_OF = {
  connection: 'refused',
  silence: 'response_timeout',
  answer: 'http_status',
} as const satisfies Record<CountedGroup['failure'], ErrorKind>

/** The calls of a counted second, those of each kind spread evenly over it, as if each had just begun. */
export function* countedCalls(counted: CountedRecord): Generator<CallRecord> {
  const total = counted.groups.reduce((sum, { count }) => sum + count, 0)
  const calls = counted.groups.map((group) => ({ call: callOf(counted, group), group, given: 0 }))
  for (let place = 1; place <= total; place += 1) {
    // The kind that is furthest behind its share of what has been given so far.
    let next = calls[0]
    let furthest = Number.NEGATIVE_INFINITY
    for (const one of calls) {
      const behind = (one.group.count * place) / total - one.given
      if (behind > furthest && one.given < one.group.count) {
        next = one
        furthest = behind
      }
    }
    if (next === undefined) return
    next.given += 1
    yield next.call
  }
}

function callOf({ at, model, hasCircuit }: CountedRecord, group: CountedGroup): CallRecord {
  const isFailure = group.class === 'provider_error'
  return {
    type: 'call',
    at,
    begins: 0,
    distance: 0,
    origin: 'implied',
    model,
    hasCircuit,
    beganAt: at,
    endedAt: at,
    class: group.class,
    kind: isFailure ? KIND_OF[group.failure] : null,
    answered: !isFailure || group.failure === 'answer',
    retryAfterMs: null,
    latencyMs: group.class === 'ok' ? 2 ** group.slowness : null,
    completion: true,
    accountWide: false,
  }
}
