import { healthVerdict } from '../outcome.ts'
import type { CallRecord } from './record.ts'
import type { Fate } from './simulation.ts'

/** How recorded calls fared: failures kept away or let through, good calls refused or passed. */
export type CallFigures = {
  failuresAvoided: number
  failuresLetThrough: number
  goodCallsRefused: number
  goodCallsPassed: number
}

/** The figures of all calls, and of those that were real traffic. */
export type CallTally = CallFigures & { traffic: CallFigures }

const none = (): CallFigures => ({
  failuresAvoided: 0,
  failuresLetThrough: 0,
  goodCallsRefused: 0,
  goodCallsPassed: 0,
})

/** A tally that has seen nothing. */
export const newTally = (): CallTally => ({ ...none(), traffic: none() })

/** Counts a call, in place; what says nothing about its provider is not counted. */
export function tallyCall(tally: CallTally, call: CallRecord, fate: Fate): void {
  const verdict = healthVerdict(call.class)
  if (fate === 'unknown' || verdict === 'none') return
  const isRefused = fate === 'refused'
  const field =
    verdict === 'success'
      ? isRefused
        ? 'goodCallsRefused'
        : 'goodCallsPassed'
      : isRefused
        ? 'failuresAvoided'
        : 'failuresLetThrough'
  tally[field] += 1
  if (call.origin !== 'check') tally.traffic[field] += 1
}
