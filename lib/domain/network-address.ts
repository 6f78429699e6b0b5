/**
 * Names under which clouds hand out machine credentials. The addresses behind them are link-local, save for those
 * below.
 */
const METADATA_NAMES = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
])

/** Metadata services outside the link-local ranges: Alibaba, Azure's wire server, and EC2, ECS and GCP over IPv6. */
const METADATA_ADDRESSES = new Set(
  ['100.100.100.200', '168.63.129.16', 'fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254'].map((text) =>
    canonical(text),
  ),
)

const LOCAL_SUFFIXES = ['.localhost', '.local', '.internal', '.lan', '.home.arpa', '.test']

/**
 * Whether `host` (a name, or an address with or without brackets) is a cloud's metadata service or link-local: a
 * place that no provider lives at and that hands out credentials. IPv4 inside IPv6 is seen through. Decimal, hex and
 * octal IPv4 are for `URL` to normalise first.
 */
export function isMetadataHost(host: string): boolean {
  const name = bare(host)
  if (METADATA_NAMES.has(name)) return true
  const bytes = addressBytes(name)
  return bytes !== null && (isLinkLocal(bytes) || METADATA_ADDRESSES.has(bytes.join('.')))
}

/** Whether `host` is inside a private network, so that it can be reached without the internet. A bare name counts as inside. */
export function isPrivateHost(host: string): boolean {
  const name = bare(host)
  const bytes = addressBytes(name)
  if (bytes !== null) return isPrivateAddress(bytes)
  return !name.includes('.') || LOCAL_SUFFIXES.some((suffix) => name.endsWith(suffix))
}

const bare = (host: string) =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .replace(/\.+$/, '')

function isLinkLocal(bytes: readonly number[]): boolean {
  const [a = 0, b = 0] = bytes
  return bytes.length === 4 ? a === 169 && b === 254 : a === 0xfe && (b & 0xc0) === 0x80
}

function isPrivateAddress(bytes: readonly number[]): boolean {
  const [a = 0, b = 0] = bytes
  if (isLinkLocal(bytes)) return true
  if (bytes.length === 4) return isPrivateIpv4(a, b)
  return (a & 0xfe) === 0xfc || (bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1)
}

/** First and last of the first two bytes: this host, private (RFC 1918), shared (RFC 6598) and loopback. */
const PRIVATE_IPV4: readonly (readonly [first: number, last: number])[] = [
  [0x0000, 0x00ff],
  [0x0a00, 0x0aff],
  [0x6440, 0x647f],
  [0x7f00, 0x7fff],
  [0xac10, 0xac1f],
  [0xc0a8, 0xc0a8],
]

function isPrivateIpv4(a: number, b: number): boolean {
  const start = a * 256 + b
  return PRIVATE_IPV4.some(([first, last]) => start >= first && start <= last)
}

function canonical(text: string): string {
  return (addressBytes(text) ?? []).join('.')
}

/** The 4 or 16 bytes of an address; IPv4 carried inside IPv6 (mapped, compatible, NAT64, 6to4) comes out as 4. */
function addressBytes(text: string): number[] | null {
  const four = ipv4Bytes(text)
  if (four !== null) return four
  const sixteen = ipv6Bytes(text)
  return sixteen === null ? null : (embeddedIpv4(sixteen) ?? sixteen)
}

function ipv4Bytes(text: string): number[] | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null
  const bytes = text.split('.').map(Number)
  return bytes.every((byte) => byte <= 255) ? bytes : null
}

function ipv6Bytes(text: string): number[] | null {
  if (!text.includes(':')) return null
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const four = ipv4Bytes(tail)
  const hex =
    four === null
      ? text
      : `${text.slice(0, -tail.length)}${four
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('')
          .replace(/^(.{4})/, '$1:')}`
  const halves = hex.split('::')
  if (halves.length > 2) return null
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - rest.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array<string>(missing).fill('0'), ...rest]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
}

function embeddedIpv4(bytes: readonly number[]): number[] | null {
  const startsWith = (...prefix: number[]) => prefix.every((byte, i) => bytes[i] === byte)
  if (startsWith(0x20, 0x02)) return bytes.slice(2, 6)
  if (startsWith(0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) return bytes.slice(12)
  const zeros = bytes.slice(0, 10).every((byte) => byte === 0)
  const mapped = zeros && bytes[10] === 0xff && bytes[11] === 0xff
  // `::` and `::1` are addresses of their own, not 0.0.0.0 and 0.0.0.1 in disguise.
  const compatible =
    zeros && bytes[10] === 0 && bytes[11] === 0 && bytes.slice(12, 15).some((byte) => byte !== 0)
  return mapped || compatible ? bytes.slice(12) : null
}
