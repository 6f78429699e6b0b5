import type { Candidate, DropReason } from './candidate.ts'

const DAY_SECONDS = 86_400
const pad = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** A moment as the clock in UTC shows it: "12:04:31 UTC". By hand, as a decision may tell a hundred. */
export function clockText(at: number): string {
  const second = Math.floor(at / 1_000) % DAY_SECONDS
  const minute = Math.floor(second / 60)
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}:${pad(second % 60)} UTC`
}

/** A latency to read: "210 ms", "3.4 s". */
export const latencyText = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`

/** An amount of US dollars, small as it may be, in three figures that say something: "$0.0125", "$1.50". */
export function costText(usd: number): string {
  if (usd === 0) return '$0'
  const digits = Math.min(12, Math.max(2, 2 - Math.floor(Math.log10(usd))))
  return `$${usd.toFixed(digits).replace(/(\.\d\d\d*?)0+$/, '$1')}`
}

/** A share of 0..1 as a percentage: "60 %", "12.5 %". */
export const shareText = (share: number): string => `${Math.round(share * 1_000) / 10} %`

/** "1 request", "2 requests". */
export const countText = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`

const DROPPED: Readonly<Record<DropReason, string | ((member: Candidate) => string)>> = {
  excluded: 'excluded by the request',
  tried: 'tried already',
  disabled: ({ deleted }) => (deleted === true ? 'its provider was deleted' : 'disabled'),
  model_not_served: 'does not serve the model',
  forced_open: 'forced open by an operator',
  refused_by_policy: ({ refusal }) => refusal ?? 'refused by policy',
  circuit_open: circuitText,
  trials_taken: circuitText,
  cooling: ({ coolingUntil }) =>
    coolingUntil === null ? 'cooling' : `cooling until ${clockText(coolingUntil)}`,
  unhealthy: unhealthyText,
  credentials: unhealthyText,
  at_capacity: ({ inFlight, maxConcurrency }) => `${inFlight} of ${maxConcurrency ?? 0} requests under way`,
  constraint: 'outside the limits of the strategy',
}

/** The facts behind a drop, in one line. */
export function dropText(member: Candidate, drop: DropReason): string {
  const words = DROPPED[drop]
  return typeof words === 'string' ? words : words(member)
}

function circuitText({ gate, retryAt }: Candidate): string {
  if (gate === 'trials_taken') return 'circuit half-open, every trial slot is taken'
  return retryAt === null ? 'circuit open' : `circuit open, next trial at ${clockText(retryAt)}`
}

function unhealthyText({ health, healthReason }: Candidate): string {
  const isSaid = health === 'credentials' && healthReason.startsWith('credentials')
  return isSaid ? healthReason : `${health}: ${healthReason}`
}

/** What panic overlooks in a member, in a few words; null where there was nothing to overlook. */
export function overlookedText(member: Candidate): string | null {
  if (member.gate === 'open' || member.gate === 'trials_taken') return circuitText(member)
  return member.health === 'unhealthy' && member.gate !== 'trial' ? unhealthyText(member) : null
}

const NOBODY: Readonly<Record<DropReason, [one: string, many: string]>> = {
  excluded: ['is excluded', 'are excluded'],
  tried: ['was tried', 'were tried'],
  disabled: ['is disabled', 'are disabled'],
  model_not_served: ['does not serve the model', 'do not serve the model'],
  forced_open: ['is forced open', 'are forced open'],
  refused_by_policy: ['is refused by policy', 'are refused by policy'],
  circuit_open: ['has its circuit open', 'have their circuits open'],
  trials_taken: ['is on trial with every slot taken', 'are on trial with every slot taken'],
  cooling: ['is cooling', 'are cooling'],
  unhealthy: ['is unhealthy', 'are unhealthy'],
  credentials: ['has its credentials refused', 'have their credentials refused'],
  at_capacity: ['is at its limit of requests', 'are at their limits of requests'],
  constraint: ['is outside the limits of the strategy', 'are outside the limits of the strategy'],
}

/** Why nobody can take the request: "none of 3 members is eligible: 2 have their circuits open, 1 is cooling". */
export function nobodyText(drops: readonly (DropReason | null)[], returnsAt: number | null): string {
  if (drops.length === 0) return 'the route has no members'
  const counts = new Map<DropReason, number>()
  for (const drop of drops) if (drop !== null) counts.set(drop, (counts.get(drop) ?? 0) + 1)
  const parts = [...counts].map(([drop, count]) => `${count} ${NOBODY[drop][count === 1 ? 0 : 1]}`)
  const back = returnsAt === null ? '' : `; the first may return at ${clockText(returnsAt)}`
  return drops.length === 1
    ? `the only member ${parts.join().slice(2)}${back}`
    : `none of ${drops.length} members is eligible: ${parts.join(', ')}${back}`
}

const PLACES = ['primary', 'second', 'third', 'fourth', 'fifth']

/** A place in a failover, from 0: "primary", "second", "number 6". */
export const placeText = (place: number): string => PLACES[place] ?? `number ${place + 1}`

/** Why the winner won, with the circumstances: a panic, those tried before, a trial. */
export function winnerText(
  winner: Candidate,
  reason: string,
  { tried, panic }: { tried: ReadonlySet<string>; panic: boolean },
): string {
  const after = tried.size === 0 ? '' : `, after ${[...tried].join(', ')}`
  const trial = winner.gate === 'trial' ? ', as a trial of its half-open circuit' : ''
  const overlooked = panic ? overlookedText(winner) : null
  const despite = overlooked === null ? '' : `, despite ${overlooked}`
  return `${panic ? 'panic, as too few are eligible: ' : ''}${reason}${after}${trial}${despite}`
}
