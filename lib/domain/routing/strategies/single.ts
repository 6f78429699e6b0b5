import type { Choice } from '../ballot.ts'
import type { Constraint } from '../eligibility.ts'

/** That provider or nothing. */
export function onlyOne(providerId: string): Constraint {
  const why = `the strategy names ${providerId} alone`
  return { allows: (member) => member.providerId === providerId, why: () => why }
}

/** The one that the strategy names: nobody else is left in the ballot. */
export const chooseSingle = (): Choice => ({
  winner: 0,
  reason: 'the one provider that the strategy names',
  reasonCode: 'single',
  others: '',
})
