import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isMetadataHost } from '#lib/domain/network-address.ts'
import { CallError, failed } from './failure.ts'

type Answer = (error: Error | null, addresses: LookupAddress[] | undefined) => void

/**
 * The refusal of a place that hands out machine credentials. It is `probe_misconfigured`, not a failure to reach the
 * provider: the name or URL must be mended by somebody, and until then nothing may be sent there.
 */
export const metadataRefusal = (address: string): CallError =>
  new CallError(
    failed('probe_misconfigured', `probe misconfigured: ${address} is a metadata or link-local address`),
  )

/** Resolves names to addresses, all of them, as `getaddrinfo` does. */
export type Resolve = (hostname: string, answer: Answer) => void

const resolveBySystem: Resolve = (hostname, answer) => {
  systemLookup(hostname, { all: true }, answer)
}

/**
 * A `lookup` for sockets that asks once for callers who ask at the same time (a dead name server would otherwise fill
 * the thread pool with one dead name), and refuses names that lead to a metadata service.
 */
export function createLookup(resolve: Resolve = resolveBySystem): LookupFunction {
  const asking = new Map<string, Answer[]>()

  const ask: Resolve = (hostname, answer) => {
    const waiting = asking.get(hostname)
    if (waiting !== undefined) {
      waiting.push(answer)
      return
    }
    asking.set(hostname, [answer])
    resolve(hostname, (error, addresses) => {
      const answers = asking.get(hostname) ?? []
      asking.delete(hostname)
      for (const one of answers) one(error, addresses)
    })
  }

  return (hostname, options, callback) => {
    ask(hostname, (error, found) => {
      const addresses = found ?? []
      const refusal = error ?? refused(addresses)
      const [first] = addresses
      if (refusal !== null || first === undefined) callback(refusal ?? notFound(hostname), [])
      else if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

function refused(addresses: readonly LookupAddress[]): Error | null {
  const bad = addresses.find(({ address }) => isMetadataHost(address))
  return bad === undefined ? null : metadataRefusal(bad.address)
}

const notFound = (hostname: string): Error =>
  Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' })
