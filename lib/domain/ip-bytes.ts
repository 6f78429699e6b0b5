/**
 * The 4 or 16 bytes of an IP address in the notation that `URL` and name servers write; null for anything else. A
 * zone (`%eth0`) does not count. Decimal, hex and octal IPv4 are for `URL` to normalise first.
 */
export function ipBytes(text: string): number[] | null {
  const address = text.replace(/%.*$/, '')
  return ipv4Bytes(address) ?? ipv6Bytes(address.toLowerCase())
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
  const hex = four === null ? text : `${text.slice(0, -tail.length)}${hexGroups(four)}`
  const halves = hex.split('::')
  if (halves.length > 2) return null
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - rest.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array<string>(missing).fill('0'), ...rest]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
}

function hexGroups(four: readonly number[]): string {
  const hex = four.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 4)}:${hex.slice(4)}`
}
