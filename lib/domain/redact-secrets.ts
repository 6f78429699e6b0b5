import { isSecretHeader } from './secret-header.ts'

/** What stands in the place of a secret. */
export const MASKED = '••••'

/**
 * Fields that hold a secret or what stands for one. `key` is none of them: a rule's metadata has a key, and a
 * provider's is an object whose secret is in `sealed`.
 */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'apikey',
  'sealed',
  'secret',
  'hash',
  'password',
  'passwordhash',
  'token',
  'tokenhash',
  'keyhash',
  'totpsecret',
  'recoverycodes',
  'authorization',
  'cookie',
])

/** What a key looks like, in whatever field somebody has put it. */
const KEY_LOOKS =
  /\b(?:(?:sk|pk|rk|sy|gsk|xai|fw|pplx)[-_]|AIza)[\w-]{20,}|\bBearer\s+[^\s"',;]+|\bsealed:\S+/gi

/** A copy of a value as JSON would write it, with every secret in it masked. */
export function redactSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(KEY_LOOKS, MASKED)
  if (Array.isArray(value)) return value.map(redactSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, held]: [string, unknown]) => [
      name,
      name === 'headers' ? redactHeaders(held) : isSecretField(name, held) ? MASKED : redactSecrets(held),
    ]),
  )
}

const isSecretField = (name: string, held: unknown) =>
  held !== null && typeof held !== 'boolean' && SECRET_FIELDS.has(name.toLowerCase())

function redactHeaders(headers: unknown): unknown {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return redactSecrets(headers)
  return Object.fromEntries(
    Object.entries(headers).map(([name, held]: [string, unknown]) => [
      name,
      isSecretHeader(name) ? MASKED : redactSecrets(held),
    ]),
  )
}
