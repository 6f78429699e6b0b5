import type { CallFigures, CallTally } from './call-tally.ts'
import { newTally } from './call-tally.ts'
import { detectedAfterMs, openTimes, type CircuitCourse } from './circuit-spans.ts'
import type { Outage } from './outages.ts'

/** What one set of thresholds does in a range. */
export type ReplayFigures = CallTally & {
  openings: number
  openMs: number
  modelOpenings: number
  modelOpenMs: number
  outages: number
  outagesDetected: number
  meanTimeToDetectMs: number | null
}

/** What a replay found: `course` within the range, `whole` with what came before it, where outages may have begun. */
type Found = {
  tally: CallTally
  course: CircuitCourse
  whole: CircuitCourse
  outages: readonly Outage[]
}

/** How one set of thresholds fares in a range, and after how long, in ms, it noticed each outage (null: not). */
export function figuresOf(
  { tally, course, whole, outages }: Found,
  range: { from: number; to: number },
): { figures: ReplayFigures; detections: (number | null)[] } {
  const detections = outages.map((outage) => detectedAfterMs(whole, outage, range.to))
  const detected = detections.filter((ms) => ms !== null)
  const figures = {
    ...tally,
    ...openTimes(course, range),
    outages: outages.length,
    outagesDetected: detected.length,
    meanTimeToDetectMs: detected.length === 0 ? null : sum(detected) / detected.length,
  }
  return { figures, detections }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The figures of many providers as one: counts and times added, times to detect weighed by outages detected. */
export function totalFigures(parts: readonly ReplayFigures[]): ReplayFigures {
  const total: ReplayFigures = {
    ...newTally(),
    openings: 0,
    openMs: 0,
    modelOpenings: 0,
    modelOpenMs: 0,
    outages: 0,
    outagesDetected: 0,
    meanTimeToDetectMs: null,
  }
  let detectMs = 0
  for (const part of parts) {
    addCalls(total, part)
    addCalls(total.traffic, part.traffic)
    total.openings += part.openings
    total.openMs += part.openMs
    total.modelOpenings += part.modelOpenings
    total.modelOpenMs += part.modelOpenMs
    total.outages += part.outages
    total.outagesDetected += part.outagesDetected
    detectMs += (part.meanTimeToDetectMs ?? 0) * part.outagesDetected
  }
  return {
    ...total,
    meanTimeToDetectMs: total.outagesDetected === 0 ? null : detectMs / total.outagesDetected,
  }
}

function addCalls(total: CallFigures, part: CallFigures): void {
  total.failuresAvoided += part.failuresAvoided
  total.failuresLetThrough += part.failuresLetThrough
  total.goodCallsRefused += part.goodCallsRefused
  total.goodCallsPassed += part.goodCallsPassed
}
