import type { AddressClass } from './address-ranges.ts'
import { classOfAddress } from './address-class.ts'
import { bareHost, isMetadataName } from './network-address.ts'

/**
 * Which places outside the internet calls may go to that a user can aim. `private`: private networks, and ranges that
 * are reserved, which some networks use as theirs. `loopback`: this machine. Metadata services, link-local and
 * multicast addresses are never called.
 */
export type TargetPolicy = { private: boolean; loopback: boolean }

/** Everything that may ever be called. */
export const INSIDE_TOO: TargetPolicy = { private: true, loopback: true }

/** The internet alone. */
export const OUTSIDE_ONLY: TargetPolicy = { private: false, loopback: false }

const NEEDS: Readonly<Record<AddressClass, 'nothing' | keyof TargetPolicy | 'more than there is'>> = {
  public: 'nothing',
  reserved: 'private',
  private: 'private',
  unspecified: 'loopback',
  loopback: 'loopback',
  multicast: 'more than there is',
  link_local: 'more than there is',
  metadata: 'more than there is',
}

const CLASS_WORDS: Readonly<Record<AddressClass, string>> = {
  public: 'public',
  reserved: 'reserved',
  private: 'private',
  unspecified: 'unspecified, which is this machine',
  loopback: 'loopback',
  multicast: 'multicast',
  link_local: 'link-local',
  metadata: 'a cloud metadata service',
}

/**
 * Why `host` (a name, or an address with or without brackets) may not be called: "169.254.1.1 is link-local"; null when
 * it may. Of a name only the known names of metadata services are refused: what it leads to must be asked with every
 * address that a connection is about to be made to.
 */
export function refusalOf(host: string, policy: TargetPolicy): string | null {
  const bare = bareHost(host)
  const found = isMetadataName(bare) ? 'metadata' : classOfAddress(bare)
  if (found === null) return null
  const needs = NEEDS[found]
  if (needs === 'nothing' || (needs !== 'more than there is' && policy[needs])) return null
  return `${bare} is ${CLASS_WORDS[found]}`
}
