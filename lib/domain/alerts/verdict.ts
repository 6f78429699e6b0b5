import type { EvaluationContext, SubjectFacts } from './facts.ts'

export type Verdict = 'bad' | 'good' | 'no_data'

/** What was seen: the measured value, in the condition's unit or null where it has none, and one sentence of facts. */
export type Seen = { value: number | null; sentence: string }

/** A condition made ready: `verdictOf` allocates nothing; `describe` is asked about what is bad, and only then. */
export type Judge<F extends SubjectFacts = SubjectFacts> = {
  verdictOf: (facts: F, context: EvaluationContext) => Verdict
  describe: (facts: F, context: EvaluationContext) => Seen
}

/** The verdict on facts that are there. */
export const badIf = (isBad: boolean): Verdict => (isBad ? 'bad' : 'good')

/** A span in seconds, minutes or hours: "90 s", "5 min", "6 h". */
export function spanText(ms: number): string {
  if (ms < 120_000 && ms % 60_000 !== 0) return `${Math.max(0, Math.round(ms / 1_000))} s`
  const minutes = Math.round(ms / 60_000)
  return minutes > 0 && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`
}
