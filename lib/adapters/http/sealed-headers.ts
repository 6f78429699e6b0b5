import { sealedTextOf } from '#lib/domain/secret-header.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { Secrets } from '#lib/services/ports.ts'
import { failed, type Failure } from './failure.ts'

/** The provider with its sealed header values opened; a failure when one was sealed with another secret key. */
export function openHeaders(provider: Provider, secrets: Pick<Secrets, 'open'>): Provider | Failure {
  try {
    const opened = Object.entries(provider.headers).map(([name, value]) => {
      const sealed = sealedTextOf(value)
      return [name, sealed === null ? value : secrets.open(sealed)]
    })
    return { ...provider, headers: Object.fromEntries(opened) as Provider['headers'] }
  } catch {
    return failed('secret_missing', 'a stored header cannot be opened: it was sealed with another secret key')
  }
}
