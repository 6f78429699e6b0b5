import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { Client } from './access/client.ts'
import { isLoopbackHost, isPublicHost } from './guard.ts'
import { networksOf } from './networks.ts'

type Arrived = { remoteAddress: string | undefined; headers: IncomingHttpHeaders }
type Front = { publicOrigin: string | null; trustedProxies: readonly string[] }

/** Tells who sent a request; what proxies say of it is believed only of those that are trusted. */
export function clientReader({ publicOrigin, trustedProxies }: Front): (arrived: Arrived) => Client {
  const trusted = networksOf(trustedProxies)
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  const isPublicSecure = publicOrigin?.startsWith('https:') === true
  const isPublic = ({ origin, host }: IncomingHttpHeaders) =>
    publicOrigin !== null && (origin === publicOrigin || isPublicHost(host ?? null, publicOrigin))

  return ({ remoteAddress, headers }) => {
    // A connection that is gone has no address any more, and needs no answer.
    const peer = bareAddress(remoteAddress ?? '') ?? '0.0.0.0'
    const hops = listOf(headers['x-forwarded-for'])
    const saysSecure = isTrusted(peer) && listOf(headers['x-forwarded-proto']).at(-1) === 'https'
    const isForwarded = hops.length > 0 || headers.forwarded !== undefined || isPublic(headers)
    return {
      address: clientAddress(peer, hops, isTrusted),
      isSecure: saysSecure || (isPublicSecure && isPublic(headers)),
      isLocal: !isForwarded && isLoopbackHost(peer),
      isProxied: isTrusted(peer),
    }
  }
}

/** From our side outwards: the first hop that is no proxy of ours, or the last that one of them could name. */
function clientAddress(peer: string, hops: string[], isTrusted: (address: string) => boolean): string {
  let address = peer
  for (const hop of hops.toReversed()) {
    if (!isTrusted(address)) return address
    const before = bareAddress(hop)
    if (before === null) return address
    address = before
  }
  return address
}

const listOf = (header: string | string[] | undefined): string[] =>
  (typeof header === 'string' ? header : (header?.join() ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** An address without port, brackets and zone, and an IPv4 address as such; null when it is none. */
function bareAddress(text: string): string | null {
  const match = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? /^(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.exec(text)
  const address = (match?.[1] ?? text).replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return isIP(address) === 0 ? null : address
}
