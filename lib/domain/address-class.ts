import { ADDRESS_CLASSES, ADDRESS_RANGES, isWithin, rangeOf, type AddressClass } from './address-ranges.ts'
import { ipBytes } from './ip-bytes.ts'

type Carrier = {
  range: ReturnType<typeof rangeOf>
  /** The IPv4 addresses inside an IPv6 address of this range. */
  carried: (bytes: readonly number[]) => number[][]
}

const last = (bytes: readonly number[]) => [bytes.slice(12)]

const carrier = (range: string, carried: Carrier['carried']): Carrier => ({
  range: rangeOf(range, 'public'),
  carried,
})

/** IPv6 addresses that lead to an IPv4 address, over a translator, over a tunnel, or on this machine. */
const CARRIERS: readonly Carrier[] = [
  carrier('::ffff:0:0/96', last), // RFC 4291, 2.5.5.2: mapped
  carrier('::ffff:0:0:0/96', last), // RFC 2765, 2.1: translated
  carrier('::/96', last), // RFC 4291, 2.5.5.1: compatible
  carrier('64:ff9b::/96', last), // RFC 6052: NAT64
  carrier('64:ff9b:1::/48', last), // RFC 8215: a network's own NAT64, as those with 96 bits write it
  carrier('2002::/16', (bytes) => [bytes.slice(2, 6)]), // RFC 3056: 6to4
  // RFC 4380: Teredo, its server and, inverted, its client.
  carrier('2001::/32', (bytes) => [bytes.slice(4, 8), bytes.slice(12).map((byte) => byte ^ 0xff)]),
]

/** What an IP address is for; the worst of what it carries, where it is one in disguise. Null: it is no IP address. */
export function classOfAddress(text: string): AddressClass | null {
  const bytes = ipBytes(text)
  return bytes === null ? null : classOfBytes(bytes)
}

function classOfBytes(bytes: readonly number[]): AddressClass {
  return carriedIn(bytes).map(rangeClass).reduce(worse, 'public')
}

/** What must be looked at in place of an address: what it carries, or itself. */
function carriedIn(bytes: readonly number[]): (readonly number[])[] {
  // `::` and `::1` are addresses of their own, not 0.0.0.0 and 0.0.0.1 in disguise.
  const isOwn = bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1
  const found = isOwn ? undefined : CARRIERS.find(({ range }) => isWithin(bytes, range))
  return found === undefined ? [bytes] : found.carried(bytes)
}

const rangeClass = (bytes: readonly number[]): AddressClass =>
  ADDRESS_RANGES.find((range) => isWithin(bytes, range))?.class ?? 'reserved'

const worse = (one: AddressClass, other: AddressClass): AddressClass =>
  ADDRESS_CLASSES.indexOf(one) < ADDRESS_CLASSES.indexOf(other) ? other : one
