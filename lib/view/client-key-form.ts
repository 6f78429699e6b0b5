import type { ClientKeyView, CreateClientKey } from '#lib/contract/client-key.ts'
import { plural } from './format.ts'
import { nameList } from './name-list.ts'

/** A new key as its form holds it; `routes` null: every route. */
export type ClientKeyForm = {
  name: string
  routes: string[] | null
  requestsPerMinute: number | null
  tokensPerMinute: number | null
}

export const EMPTY_CLIENT_KEY_FORM: ClientKeyForm = {
  name: '',
  routes: null,
  requestsPerMinute: null,
  tokensPerMinute: null,
}

/** The form as the server wants it; the shared schema judges it. */
export const clientKeyInput = (form: ClientKeyForm): CreateClientKey => ({ ...form })

/** What a key may do: "every route", "chat and bulk", with its limits a minute. */
export function clientKeyWords(
  key: Pick<ClientKeyView, 'routes' | 'requestsPerMinute' | 'tokensPerMinute'>,
): {
  routes: string
  limits: string
} {
  const limits = [
    key.requestsPerMinute === null ? null : `${plural(key.requestsPerMinute, 'request')}/min`,
    key.tokensPerMinute === null ? null : `${plural(key.tokensPerMinute, 'token')}/min`,
  ].filter((limit) => limit !== null)
  return {
    routes: key.routes === null ? 'every route' : nameList(key.routes),
    limits: limits.length === 0 ? 'no limit' : limits.join(', '),
  }
}
