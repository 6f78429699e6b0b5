import { z } from 'zod'
import { INSIDE_TOO, refusalOf } from '#lib/domain/target-policy.ts'

/** Why `text` cannot be a provider's base URL, in words for the form; null when it can. */
export function baseUrlError(text: string): string | null {
  // Parsing also writes decimal, hex and octal IPv4 in the usual way, so that no notation hides an address.
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return 'an http:// or https:// URL, such as https://api.example.com/v1'
  }
  if (url.username !== '' || url.password !== '')
    return 'no user name or password in the URL: give the key in its own field'
  if (url.hash !== '') return 'no # part in the URL'
  // What a policy decides, and what a name leads to, is asked when it is called.
  if (refusalOf(url.hostname, INSIDE_TOO) !== null)
    return 'not a cloud metadata, link-local or multicast address'
  return null
}

/** A provider's base URL: http or https, without credentials or fragment, and at no cloud metadata address. */
export const baseUrlSchema = z
  .string()
  .trim()
  .max(2_000, 'at most 2000 characters')
  .superRefine((text, context) => {
    const message = baseUrlError(text)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
