import type { AccountQuery, AccountStore } from '#lib/services/ports.ts'
import { sha256 } from '../secrets/sha256.ts'

/**
 * Keeps sessions by the SHA-256 of their tokens, so that a copy of the database opens nobody's session. What asks by a
 * token, or creates one, sees it in the answer as it gave it; what finds a session otherwise sees the hash.
 */
export const withHiddenTokens = (store: AccountStore): AccountStore => ({
  ask: async (query) => {
    if (query.model !== 'session') return store.ask(query)
    const tokens = new Map<string, string>()
    const hide = (token: string) => {
      const hash = sha256(token)
      tokens.set(hash, token)
      return hash
    }
    const answer = await store.ask({ ...query, args: hidden(query.args, hide) } satisfies AccountQuery)
    return shown(answer, tokens)
  },
})

/** Everything under a field named `token` is a token, in whatever comparison it stands. */
function hidden(value: unknown, hide: (token: string) => string, isToken = false): unknown {
  if (typeof value === 'string') return isToken ? hide(value) : value
  if (Array.isArray(value)) return value.map((item) => hidden(item, hide, isToken))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, hidden(inner, hide, isToken || key === 'token')]),
  )
}

function shown(answer: unknown, tokens: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(answer)) return answer.map((row) => shown(row, tokens))
  if (typeof answer !== 'object' || answer === null || !('token' in answer)) return answer
  const { token } = answer
  return { ...answer, token: tokens.get(String(token)) ?? token }
}
