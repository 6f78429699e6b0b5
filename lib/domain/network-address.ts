import { classOfAddress } from './address-class.ts'

/** Names under which clouds hand out machine credentials. */
const METADATA_NAMES = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
])

const LOCAL_SUFFIXES = ['.localhost', '.local', '.internal', '.lan', '.home.arpa', '.test']

/** A host as it is compared: without brackets, zone and the root's dot, in lower case. */
export const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .replace(/\.+$/, '')

/** Whether a bare host is the name of a cloud's metadata service, whatever it leads to here. */
export const isMetadataName = (bare: string): boolean => METADATA_NAMES.has(bare)

/** Whether `host` is inside a private network, so that it can be reached without the internet. A bare name counts as inside. */
export function isPrivateHost(host: string): boolean {
  const name = bareHost(host)
  const found = classOfAddress(name)
  if (found !== null) return found !== 'public' && found !== 'reserved'
  return !name.includes('.') || LOCAL_SUFFIXES.some((suffix) => name.endsWith(suffix))
}

/** Whether `host`, taken at its word, is this machine: `localhost` or an address of loopback. */
export function isThisMachine(host: string): boolean {
  const name = bareHost(host)
  return name === 'localhost' || classOfAddress(name) === 'loopback'
}
