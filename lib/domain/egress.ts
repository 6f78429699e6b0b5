import { isPrivateHost } from './network-address.ts'

/** One provider's contact: since when every try to look up or connect to its host failed; null while it is reached. */
export type Contact = { host: string; failingSince: number | null }

/**
 * Whether our own network looks dead, for want of a canary: every provider outside private networks, of at least two
 * hosts, cannot be looked up or connected to, and all of that began within `withinMs`. Two that died hours apart are
 * two dead providers; where checks are rarer than `withinMs`, pass the longest interval.
 */
export function egressLooksDown(contacts: readonly Contact[], withinMs = 5_000): boolean {
  const outside = contacts.filter(({ host }) => !isPrivateHost(host))
  if (new Set(outside.map(({ host }) => host)).size < 2) return false
  let first = Infinity
  let last = -Infinity
  for (const { failingSince } of outside) {
    if (failingSince === null) return false
    first = Math.min(first, failingSince)
    last = Math.max(last, failingSince)
  }
  return last - first <= withinMs
}
