import { isSecretHeader } from '#lib/domain/secret-header.ts'

/** The shortest run of a secret's characters that is taken for a part of it. */
const RUN = 6

/** What keys look like wherever they come from, also masked by the provider itself. */
const KEY_LOOKS: readonly (readonly [pattern: RegExp, put: string])[] = [
  [/\bBearer\s+[^\s"',;]+/gi, 'Bearer [key]'],
  [/\b(?:(?:sk|pk|rk|gsk|xai|fw|pplx)[-_]|AIza)[\w*.…-]{6,}/g, '[key]'],
  [/([?&](?:api[-_]?key|key|access[-_]?token|token|sig|signature)=)[^&\s"'<>]+/gi, '$1[key]'],
]

/** What must not be shown of a request: its key, and the values of headers that look secret. */
export function secretsOf(key: string | null, headers: Readonly<Record<string, string>>): string[] {
  const secretHeaders = Object.entries(headers).filter(([name]) => isSecretHeader(name))
  const values = [...(key === null ? [] : [key]), ...secretHeaders.flatMap(([, value]) => secretParts(value))]
  const plain = values.filter((value) => value.length >= 3)
  return [...new Set(plain.flatMap((value) => [value, encodeURIComponent(value), base64(value)]))]
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Of a value in several words the long ones: "Basic" is no secret. */
function secretParts(value: string): string[] {
  const words = value.split(/\s+/)
  return words.length === 1 ? words : words.filter((part) => part.length >= RUN)
}

/** `text` without any of the secrets, nor any run of 6 or more characters of one, nor anything that looks like a key. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets) clean = cover(clean, secret)
  for (const [pattern, put] of KEY_LOOKS) clean = clean.replace(pattern, put)
  return clean
}

function cover(text: string, secret: string): string {
  const run = Math.min(RUN, secret.length)
  const needle = secret.toLowerCase()
  const haystack = text.toLowerCase()
  // Lower-casing changes the length of a few letters, and positions must agree.
  if (haystack.length !== text.length) return text.replaceAll(secret, '[key]')
  let clean = ''
  let kept = 0
  let at = 0
  while (at + run <= haystack.length) {
    if (!needle.includes(haystack.slice(at, at + run))) {
      at += 1
      continue
    }
    let end = at + run
    while (end < haystack.length && needle.includes(haystack.slice(end + 1 - run, end + 1))) end += 1
    clean += `${text.slice(kept, at)}[key]`
    kept = end
    at = end
  }
  return clean + text.slice(kept)
}
