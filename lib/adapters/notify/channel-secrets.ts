import { MASKED } from '#lib/domain/redact-secrets.ts'
import { secretsOf } from '../http/redact.ts'

type Secrets = Readonly<Record<string, string | null>>

/** Words of the paths of well-known services, which are no secrets and which answers use. */
const PATH_WORDS: ReadonlySet<string> = new Set([
  'services',
  'webhooks',
  'workflows',
  'triggers',
  'manual',
  'invoke',
  'incoming',
  'sendMessage',
])
/** A part of an address shorter than this says too little to be looked for. */
const SHORTEST_PART = 4

/** What must not be shown of an exchange with a channel: its secrets, in each form in which they can come back. */
export function secretsIn(secrets: Secrets, headers: Readonly<Record<string, string>>): string[] {
  const values = valuesOf(secrets).flatMap(partsOf)
  return [...new Set([...values.flatMap((value) => secretsOf(value, {})), ...secretsOf(null, headers)])]
}

/**
 * `text` with each secret that stands in it in full masked; of an address that is a secret its origin stays. A secret of
 * less than 6 characters would be found in words.
 */
export function maskSecrets(text: string, secrets: Secrets): string {
  const values = valuesOf(secrets).filter((value) => value.length >= 6)
  return values.reduce((masked, value) => {
    const url = URL.parse(value)
    return masked.replaceAll(value, url === null ? MASKED : `${url.origin}/${MASKED}`)
  }, text)
}

const valuesOf = (secrets: Secrets): string[] =>
  Object.values(secrets).filter((value) => value !== null && value !== '') as string[]

/** Of an address the parts of its path and query; anything else is a secret as a whole. */
function partsOf(value: string): string[] {
  const url = /^https?:/i.test(value) ? URL.parse(value) : null
  if (url === null) return [value, ...(value.startsWith('whsec_') ? [value.slice('whsec_'.length)] : [])]
  return [...url.pathname.split('/'), ...url.searchParams.values()]
    .flatMap((part) => [part, decoded(part)])
    .filter((part) => part.length >= SHORTEST_PART && !PATH_WORDS.has(part))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
