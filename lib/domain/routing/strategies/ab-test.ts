import type { Ballot, Choice } from '../ballot.ts'
import type { Candidate } from '../candidate.ts'
import { shareText } from '../decision-words.ts'
import type { Constraint } from '../eligibility.ts'
import { slotOfKey, type Slot } from '../rendezvous.ts'
import type { RequestFacts } from '../request-facts.ts'
import type { StickyKey, Strategy } from '../route.ts'
import { placeOfRoll, sharesOf, weightsOrAlike } from '../shares.ts'

type AbTest = Extract<Strategy, { type: 'ab-test' }>

/** Only members of a variant take part in a test. */
export const inVariant = ({ variants }: AbTest): Constraint => ({
  allows: ({ providerId }) => variants.some(({ providerIds }) => providerIds.includes(providerId)),
  why: () => 'in no variant of the test',
})

/** One variant with those of its members that are eligible. */
type Arm = Slot & { members: readonly Candidate[] }

/**
 * The variant that the key's hash names among those that are there and, where it has several providers, the provider;
 * ramps do not matter. Without a key, chance. The hash is such that a variant's keys move when it goes, no others, and
 * come back with it.
 */
export function chooseVariant(test: AbTest, ballot: Ballot): Choice {
  const { eligible, request, random, salt } = ballot
  const key = keyOf(test.stickyBy, request)
  const pick = <S extends Slot>(slots: readonly S[], within: string): S | undefined =>
    slots[key === null ? placeByChance(slots, random) : slotOfKey(slots, `${salt}\n${within}`, key)]
  const all = test.variants.map((variant) => armOf(variant, eligible))
  const open = all.filter(({ members }) => members.length > 0)
  const arm = pick(open, '')
  const slots = (arm?.members ?? []).map((member) => ({
    name: member.providerId,
    weight: member.weight,
    member,
  }))
  const member = pick(slots, arm?.name ?? '')?.member
  const own = key === null || open.length === all.length ? arm : pick(all, '')
  return {
    winner: Math.max(
      0,
      eligible.findIndex((one) => one === member),
    ),
    ...wordsOf(test, arm, { own, key }),
    others: 'of another variant, or not where the hash points',
    weights: weightsOf(open, eligible),
  }
}

function armOf(
  { name, percent, providerIds }: AbTest['variants'][number],
  eligible: readonly Candidate[],
): Arm {
  const members = eligible.filter(({ providerId }) => providerIds.includes(providerId))
  return { name, weight: percent, members }
}

function keyOf(stickyBy: StickyKey, { userId, sessionId }: RequestFacts): string | null {
  if (stickyBy === 'none') return null
  return stickyBy === 'user' ? userId : sessionId
}

const placeByChance = (slots: readonly Slot[], random: () => number): number =>
  slots.length < 2 ? 0 : (placeOfRoll(weightsOrAlike(slots.map(({ weight }) => weight)), random()) ?? 0)

function wordsOf(
  { stickyBy }: AbTest,
  arm: Arm | undefined,
  { own, key }: { own: Arm | undefined; key: string | null },
): Pick<Choice, 'reason' | 'reasonCode' | 'variant'> {
  if (arm === undefined) return { reason: '', reasonCode: 'variant' }
  const variant = arm.name
  if (own !== undefined && own !== arm) {
    return {
      reason: `variant ${variant}, as nobody of variant ${own.name} is eligible for this ${stickyBy}`,
      reasonCode: 'variant_fallback',
      variant,
    }
  }
  const share = shareText(arm.weight / 100)
  const by = stickyBy === 'none' ? 'by chance' : `by chance, as the request names no ${stickyBy}`
  const reason = `variant ${variant} (${share}), ${key === null ? by : `always the same for this ${stickyBy}`}`
  return { reason, reasonCode: 'variant', variant }
}

/** Each eligible member's part of all keys, as things stand. */
function weightsOf(open: readonly Arm[], eligible: readonly Candidate[]): number[] {
  const parts = new Map<Candidate, number>()
  const shares = sharesOf(open.map(({ weight }) => weight))
  open.forEach(({ members }, place) => {
    const within = sharesOf(members.map(({ weight }) => weight))
    members.forEach((member, i) =>
      parts.set(member, (parts.get(member) ?? 0) + (shares[place] ?? 0) * (within[i] ?? 0)),
    )
  })
  return eligible.map((member) => parts.get(member) ?? 0)
}
