import type { Candidate, DropReason } from './candidate.ts'

/** Whom a strategy takes, whatever their state, and why it does not take another. */
export type Constraint = {
  allows: (member: Candidate) => boolean
  why: (member: Candidate) => string
}

/** What decides who may take a request, beside the members themselves. */
export type Asked = {
  members: readonly Candidate[]
  /** Never, whatever else. */
  exclude: ReadonlySet<string>
  /** Not while another member is eligible. */
  tried: ReadonlySet<string>
  /** Null: the strategy takes anybody. */
  constraint: Constraint | null
  mayPanic: boolean
  /** Panic also while the eligible are a smaller part, 0..1, of those that panic may choose from. */
  panicThreshold: number
}

/** Who is eligible, and why each of the others is not; `drops` is parallel to the members. */
export type Field = {
  drops: readonly (DropReason | null)[]
  eligible: readonly Candidate[]
  places: readonly number[]
  panic: boolean
}

/** Puts every member through the chain of rules; in panic, health and circuits do not count. */
export function eligibleField(asked: Asked): Field {
  const calm = fieldOf(asked, false)
  const field = asked.mayPanic && isPanicDue(calm, asked) ? panicField(calm, asked) : calm
  return dropTried(field, asked)
}

/** Why a member is not eligible, by the first rule that says so; null when it is. */
export function dropOf(member: Candidate, asked: Asked, panic: boolean): DropReason | null {
  return (
    dropByOperator(member, asked) ??
    (panic ? dropInPanic(member) : dropByState(member)) ??
    (member.maxConcurrency !== null && member.inFlight >= member.maxConcurrency ? 'at_capacity' : null) ??
    (asked.constraint === null || asked.constraint.allows(member) ? null : 'constraint')
  )
}

function dropByOperator(member: Candidate, { exclude }: Asked): DropReason | null {
  if (exclude.size > 0 && exclude.has(member.providerId)) return 'excluded'
  if (!member.enabled) return 'disabled'
  if (member.model === null) return 'model_not_served'
  if (member.forcedOpen) return 'forced_open'
  return member.refusal === null ? null : 'refused_by_policy'
}

function dropByState({ gate, coolingUntil, health }: Candidate): DropReason | null {
  if (gate === 'open') return 'circuit_open'
  if (gate === 'trials_taken') return 'trials_taken'
  if (coolingUntil !== null) return 'cooling'
  if (health === 'credentials') return 'credentials'
  return health === 'unhealthy' && gate !== 'trial' ? 'unhealthy' : null
}

/** What panic overlooks in a member; a second reason, such as cooling, may hold it back all the same. */
export const OVERLOOKED_IN_PANIC: ReadonlySet<DropReason> = new Set([
  'circuit_open',
  'trials_taken',
  'unhealthy',
])

function dropInPanic({ coolingUntil, health }: Candidate): DropReason | null {
  if (coolingUntil !== null) return 'cooling'
  return health === 'credentials' ? 'credentials' : null
}

function fieldOf(asked: Asked, panic: boolean): Field {
  const { members } = asked
  const drops = members.map((member) => dropOf(member, asked, panic))
  const places = members.map(placeOf)
  // Mostly nobody is dropped, and so no list need be made of those who are left.
  if (drops.every(isNone)) return { drops, eligible: members, places, panic }
  return {
    drops,
    eligible: members.filter((_, place) => drops[place] === null),
    places: places.filter((place) => drops[place] === null),
    panic,
  }
}

const isNone = (drop: DropReason | null): boolean => drop === null
const placeOf = (_member: Candidate, place: number): number => place

const isPanicDue = ({ eligible }: Field, { members, panicThreshold }: Asked): boolean =>
  eligible.length === 0 || (panicThreshold > 0 && eligible.length < members.length)

function panicField(calm: Field, asked: Asked): Field {
  const panicked = fieldOf(asked, true)
  const isBelow =
    calm.eligible.length === 0 || calm.eligible.length < asked.panicThreshold * panicked.eligible.length
  return isBelow && panicked.eligible.length > calm.eligible.length ? panicked : calm
}

function dropTried(field: Field, { tried, members }: Asked): Field {
  if (tried.size === 0 || !field.eligible.some(({ providerId }) => !tried.has(providerId))) return field
  const drops = field.drops.map((drop, place) =>
    drop === null && tried.has(members[place]?.providerId ?? '') ? 'tried' : drop,
  )
  return {
    drops,
    eligible: field.eligible.filter(({ providerId }) => !tried.has(providerId)),
    places: field.places.filter((place) => drops[place] === null),
    panic: field.panic,
  }
}

/**
 * The earliest time at which one of those dropped may be chosen again, epoch ms; null when none is known, as an
 * operator, a success or a free place must come first.
 */
export function earliestReturn(
  members: readonly Candidate[],
  drops: readonly (DropReason | null)[],
): number | null {
  let earliest: number | null = null
  members.forEach((member, place) => {
    const drop = drops[place]
    const back = drop === 'circuit_open' || drop === 'cooling' ? returnOf(member) : null
    if (back !== null && (earliest === null || back < earliest)) earliest = back
  })
  return earliest
}

function returnOf({ gate, health, retryAt, coolingUntil }: Candidate): number | null {
  if (health === 'credentials' || (health === 'unhealthy' && gate === 'closed')) return null
  if (gate === 'open') return retryAt === null ? null : Math.max(retryAt, coolingUntil ?? retryAt)
  return coolingUntil
}
