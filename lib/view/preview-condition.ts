import type { SettingsPreview } from '#lib/contract/preview.ts'
import { coverageWords } from './preview-coverage.ts'
import type { PanelCondition } from './panel-condition.ts'
import type { Zone } from './zoned-time.ts'

/** Whether there is a draft at all, and whether it may be replayed. */
export type DraftKind = 'none' | 'invalid' | 'valid'

/** What is known of a replay that is made while somebody edits. */
export type ReplayFacts = {
  draft: DraftKind
  /** The newest answer; null: none yet. */
  answer: Pick<SettingsPreview, 'from' | 'to' | 'total'> | null
  /** Whether the answer is of the draft as it stands. */
  isCurrent: boolean
  /** Whether a replay is running, or about to once the letters stop coming. */
  isComing: boolean
  error: { text: string; requestId: string | null } | null
  zone: Zone
}

/** Whether the operator stopped the replay of the draft as it stands. */
const isStopped = ({ draft, isCurrent, isComing, error }: ReplayFacts) =>
  draft === 'valid' && !isCurrent && !isComing && error === null

/** Whether nothing comes unless it is asked for again: it failed, or was stopped. */
export const mayAskAgain = (facts: ReplayFacts): boolean =>
  isStopped(facts) || (facts.draft === 'valid' && facts.error !== null && !facts.isComing)

/** What the preview's panel has to say. */
export function previewCondition(facts: ReplayFacts): PanelCondition {
  const { draft, answer, error, isComing } = facts
  if (draft === 'none') {
    return {
      kind: 'empty',
      text: 'Change a threshold, and the recorded outcomes are replayed with it: openings, failures avoided, good calls refused. Nothing comes in force before you save.',
    }
  }
  if (answer === null) return withoutAnswer(facts)
  if (draft === 'invalid') {
    return { kind: 'partial', text: 'The draft has errors: the figures are those of an earlier one.' }
  }
  if (isComing) return { kind: 'refreshing' }
  if (error !== null) return { kind: 'failed_refresh', ...error, asOf: Date.parse(answer.to), isOld: true }
  if (isStopped(facts))
    return { kind: 'partial', text: 'Stopped: the figures are those of an earlier draft.' }
  return ofAnswer(answer, facts.zone)
}

function withoutAnswer(facts: ReplayFacts): PanelCondition {
  if (facts.draft === 'invalid') {
    return { kind: 'empty', text: 'The draft has errors. A valid one is replayed at once.' }
  }
  if (facts.isComing) return { kind: 'loading' }
  if (facts.error !== null) return { kind: 'failed', ...facts.error }
  return isStopped(facts) ? { kind: 'empty', text: 'Stopped.' } : { kind: 'loading' }
}

function ofAnswer(answer: NonNullable<ReplayFacts['answer']>, zone: Zone): PanelCondition {
  if (answer.total.exactness.outcomes === 0) {
    return {
      kind: 'empty',
      text: 'Nothing is recorded in this range yet. From now on every check and call is; a longer range may have some.',
    }
  }
  const coverage = coverageWords(answer.total.exactness, answer, zone)
  return coverage === null ? { kind: 'ready' } : { kind: 'partial', text: coverage }
}
