import type { Choice } from '../ballot.ts'
import type { Constraint } from '../eligibility.ts'

/** That provider or nothing. */
export const onlyOne =
  (providerId: string): Constraint =>
  (member) =>
    member.providerId === providerId ? null : `the strategy names ${providerId} alone`

/** The one that the strategy names: nobody else is left in the ballot. */
export const chooseSingle = (): Choice => ({
  winner: 0,
  reason: 'the one provider that the strategy names',
  reasonCode: 'single',
  others: '',
})
