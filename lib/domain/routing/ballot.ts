import type { Candidate } from './candidate.ts'
import type { ReasonCode } from './decision.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Turns } from './turns.ts'

/** What a strategy chooses from: at least one eligible member, in the order of the route's members. */
export type Ballot = {
  eligible: readonly Candidate[]
  /** Where each eligible one stands among the members. */
  places: readonly number[]
  members: readonly Candidate[]
  request: RequestFacts
  random: () => number
  /** What keeps the hashes of one test apart from those of another. */
  salt: string
  turns: Turns | null
  /** Why a member that is not eligible is out, in a few words. */
  whyOut: (member: Candidate) => string
}

/** What a strategy chose. The lists are parallel to `eligible`. */
export type Choice = {
  /** Its place in `eligible`. */
  winner: number
  reason: string
  reasonCode: ReasonCode
  /** Why an eligible one was not taken, where nothing closer is said. */
  others: string
  variant?: string
  /** Closer words on some that were not taken. */
  notes?: ReadonlyMap<Candidate, string>
  scores?: readonly (number | null)[]
  weights?: readonly number[]
  turns?: Turns
}
