import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { refusalOf, type TargetPolicy } from '#lib/domain/target-policy.ts'
import { CallError, failed } from './failure.ts'
import { type Resolve, sharedResolve } from './lookup.ts'

/**
 * Stands before every connection that a user can aim. What it lets pass is what is connected to: sockets are given the
 * very addresses that it looked at, so that no second look-up can change its mind in between.
 */
export type TargetGuard = {
  /** Why nothing may be sent to `host`, an address or a name, before anybody was asked where it leads; null when it may. */
  refuse: (host: string) => CallError | null
  /** A `lookup` for sockets that finds the allowed addresses of a name alone, and fails where it has no other. */
  lookup: LookupFunction
}

/** A refusal that is our own: nothing was sent, and it says nothing about whoever would have been called. */
export const policyRefusal = (reason: string): CallError =>
  new CallError(failed('refused_by_policy', `refused by policy: ${reason}`))

/** A guard that holds this policy. `resolve` stands in for the system's name resolution. */
export function createTargetGuard(policy: TargetPolicy, resolve?: Resolve): TargetGuard {
  const ask = sharedResolve(resolve)
  return {
    refuse: (host) => {
      const reason = refusalOf(host, policy)
      return reason === null ? null : policyRefusal(reason)
    },
    lookup: (hostname, options, callback) => {
      ask(hostname, (error, found = []) => {
        const allowed = found.filter(({ address }) => refusalOf(address, policy) === null)
        const [first] = allowed
        if (error !== null) callback(error, [])
        else if (first === undefined) callback(unusable(hostname, found, policy), [])
        else if (options.all === true) callback(null, allowed)
        else callback(null, first.address, first.family)
      })
    },
  }
}

function unusable(hostname: string, found: readonly LookupAddress[], policy: TargetPolicy): Error {
  const [first] = found
  const reason = first === undefined ? null : refusalOf(first.address, policy)
  if (reason !== null) return policyRefusal(reason)
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' })
}
