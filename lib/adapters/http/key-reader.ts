import { isAppError } from '#lib/domain/errors.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { Secrets } from '#lib/services/ports.ts'
import { failed, type Failure } from './failure.ts'

/**
 * What a reference such as `env:NAME` or `file:PATH` stands for now; null when it stands for nothing. Rejects with
 * `unavailable`, in words, when that cannot be told.
 */
export type ResolveReference = (reference: string) => string | null | Promise<string | null>

type Found = { key: string | null; failure: null } | { key: null; failure: Failure }

/**
 * Reads providers' keys when they are used. A sealed key is opened once for each saved provider; a reference is
 * followed every time, so that a rotated key is taken up at once.
 */
export function createKeyReader(
  secrets: Pick<Secrets, 'open'>,
  resolveReference: ResolveReference,
): (provider: Provider) => Found | Promise<Found> {
  const opened = new WeakMap<Provider, Found>()

  const open = (sealed: string): Found => {
    try {
      return { key: secrets.open(sealed), failure: null }
    } catch {
      return missing('the stored key cannot be opened: it was sealed with another secret key')
    }
  }

  return (provider) => {
    const { key } = provider
    if (key.type === 'none') return { key: null, failure: null }
    if (key.type === 'reference') return follow(key.reference, resolveReference)
    const known = opened.get(provider)
    if (known !== undefined) return known
    const found = open(key.sealed)
    opened.set(provider, found)
    return found
  }
}

async function follow(reference: string, resolveReference: ResolveReference): Promise<Found> {
  try {
    const key = await resolveReference(reference)
    return key === null ? missing(`key ${reference} is not set`) : { key, failure: null }
  } catch (error) {
    if (!isAppError(error)) throw error
    return missing(`key ${reference} cannot be read: ${error.message}`)
  }
}

const missing = (message: string): Found => ({ key: null, failure: failed('secret_missing', message) })
