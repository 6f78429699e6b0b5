import { ipBytes } from '../ip-bytes.ts'

/** How much of an IPv6 address is one customer's network (RFC 6177, 2): 64 bits. */
const NETWORK_BYTES = 8

/** What attempts and requests of one client are counted by: an IPv4 address, or an IPv6 address's network in hexadecimal. */
export function networkOf(address: string): string {
  const bytes = ipBytes(address)
  if (bytes === null || bytes.length <= NETWORK_BYTES) return address
  return bytes
    .slice(0, NETWORK_BYTES)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
