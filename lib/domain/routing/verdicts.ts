import type { Choice } from './ballot.ts'
import type { Candidate, DropReason } from './candidate.ts'
import type { CandidateVerdict } from './decision.ts'
import { dropText, overlookedText } from './decision-words.ts'
import type { Asked, Field } from './eligibility.ts'

/** Every member's part in a decision, in the members' order, each once; `choice` null: nobody was eligible. */
export function verdictsOf(
  { members, constraint }: Asked,
  { drops, panic }: Field,
  choice: Choice | null,
): CandidateVerdict[] {
  let place = 0
  return members.map((member, index): CandidateVerdict => {
    const drop = drops[index] ?? null
    if (drop !== null || choice === null) return dropped(member, drop, constraint)
    const verdict = eligible(member, choice, place)
    place += 1
    const overlooked = panic ? overlookedText(member) : null
    if (overlooked !== null && place - 1 !== choice.winner) verdict.reason += `; ${overlooked}`
    return verdict
  })
}

/** Why a member is out of the decision, in a few words; empty when it is not. */
export function whyOut(member: Candidate, { members, constraint }: Asked, { drops }: Field): string {
  const drop = drops[members.indexOf(member)] ?? null
  return drop === null ? '' : outText(member, drop, constraint)
}

const outText = (member: Candidate, drop: DropReason, constraint: Asked['constraint']): string =>
  drop === 'constraint' && constraint !== null ? constraint.why(member) : dropText(member, drop)

const dropped = (
  member: Candidate,
  drop: DropReason | null,
  constraint: Asked['constraint'],
): CandidateVerdict => ({
  providerId: member.providerId,
  model: member.model,
  eligible: false,
  drop,
  reason: drop === null ? '' : outText(member, drop, constraint),
  score: null,
  weight: null,
})

/** The verdict on the `place`-th eligible member. */
const eligible = (member: Candidate, choice: Choice, place: number): CandidateVerdict => ({
  providerId: member.providerId,
  model: member.model,
  eligible: true,
  drop: null,
  reason: place === choice.winner ? choice.reason : (choice.notes?.get(member) ?? choice.others),
  score: choice.scores?.[place] ?? null,
  weight: choice.weights?.[place] ?? null,
})
