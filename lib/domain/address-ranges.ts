import { ipBytes } from './ip-bytes.ts'

/** What an IP address is for, from the harmless to what is never called. */
export const ADDRESS_CLASSES = [
  'public',
  'reserved',
  'private',
  'unspecified',
  'loopback',
  'multicast',
  'link_local',
  'metadata',
] as const
export type AddressClass = (typeof ADDRESS_CLASSES)[number]

/** Addresses that begin with these bits. */
export type AddressRange = { bytes: readonly number[]; bits: number; class: AddressClass }

/** Where clouds hand out machine credentials, by each cloud's own documentation. */
const METADATA = [
  '169.254.169.254', // nearly all of them
  '100.100.100.200', // Alibaba
  '168.63.129.16', // Azure's wire server
  '192.0.0.192', // Oracle's classic
  'fd00:ec2::254', // EC2
  'fd00:ec2::23', // EKS pod identity; over IPv4 it is link-local
  'fd20:ce::254', // Google
  'fd00:c1::a9fe:a9fe', // Oracle
  'fd00:100::100:200', // Alibaba
  'fd00:42::42', // Scaleway
  'fd00:a9fe:a9fe::1', // Akamai
]

/**
 * IANA's registries of special-purpose addresses, https://www.iana.org/assignments/iana-ipv4-special-registry and
 * iana-ipv6-special-registry (RFC 6890, RFC 8190), with multicast and what is outside the global unicast space.
 */
const SPECIAL: readonly (readonly [range: string, class_: AddressClass])[] = [
  ['0.0.0.0/8', 'unspecified'], // RFC 1122: this network; a connection to 0.0.0.0 reaches this machine
  ['10.0.0.0/8', 'private'], // RFC 1918
  ['100.64.0.0/10', 'private'], // RFC 6598: shared with carriers' NAT, and Tailscale's
  ['127.0.0.0/8', 'loopback'], // RFC 1122
  ['169.254.0.0/16', 'link_local'], // RFC 3927
  ['172.16.0.0/12', 'private'], // RFC 1918
  ['192.0.0.0/24', 'reserved'], // RFC 6890: IETF protocols
  ['192.0.2.0/24', 'reserved'], // RFC 5737: documentation
  ['192.88.99.0/24', 'reserved'], // RFC 7526: relays of 6to4, no more
  ['192.168.0.0/16', 'private'], // RFC 1918
  ['198.18.0.0/15', 'reserved'], // RFC 2544: benchmarks
  ['198.51.100.0/24', 'reserved'], // RFC 5737: documentation
  ['203.0.113.0/24', 'reserved'], // RFC 5737: documentation
  ['224.0.0.0/4', 'multicast'], // RFC 5771
  ['240.0.0.0/4', 'reserved'], // RFC 1112, and RFC 919: broadcast
  ['0.0.0.0/0', 'public'],
  ['::/128', 'unspecified'], // RFC 4291
  ['::1/128', 'loopback'], // RFC 4291
  ['2001::/23', 'reserved'], // RFC 2928: IETF protocols, benchmarks (RFC 5180) among them
  ['2001:db8::/32', 'reserved'], // RFC 3849: documentation
  ['3fff::/20', 'reserved'], // RFC 9637: documentation
  ['2000::/3', 'public'], // RFC 4291: global unicast
  ['fc00::/7', 'private'], // RFC 4193: unique local
  ['fe80::/10', 'link_local'], // RFC 4291
  ['fec0::/10', 'private'], // RFC 3879: site-local, no more
  ['ff00::/8', 'multicast'], // RFC 4291
  ['::/0', 'reserved'], // what is left is not in use: discard-only (RFC 6666), segment routing (RFC 9602)
]

/** The ranges of all addresses; the first that an address is in says what it is for. */
export const ADDRESS_RANGES: readonly AddressRange[] = [
  ...METADATA.map((address) => rangeOf(address, 'metadata')),
  ...SPECIAL.map(([range, class_]) => rangeOf(range, class_)),
]

/** `address/bits`, or one address. */
export function rangeOf(text: string, class_: AddressClass): AddressRange {
  const [address = '', bits] = text.split('/')
  const bytes = ipBytes(address) ?? []
  return { bytes, bits: bits === undefined ? bytes.length * 8 : Number(bits), class: class_ }
}

/** Whether an address of as many bytes as the range's is in it. */
export function isWithin(address: readonly number[], { bytes, bits }: AddressRange): boolean {
  if (address.length !== bytes.length) return false
  for (let i = 0; i * 8 < bits; i += 1) {
    const mask = bits >= i * 8 + 8 ? 0xff : 0xff00 >> (bits - i * 8)
    if (((address[i] ?? 0) & mask) !== ((bytes[i] ?? 0) & mask)) return false
  }
  return true
}
