import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { whoSchema } from '#lib/contract/account.ts'
import { getJson } from './api.ts'

/** Who is at the browser; asked again when a call was turned away, and when the window is come back to. */
export const whoQuery = () =>
  queryOptions({
    queryKey: ['who'],
    queryFn: ({ signal }) => getJson('/api/auth/who', whoSchema, signal),
    staleTime: Infinity,
    refetchOnWindowFocus: ({ state }) => (state.data?.state === 'open' ? false : 'always'),
  })

/** Asks again who is there, unless that cannot have changed: nobody signs in, or it is known that nobody is. */
export function recheckWho(client: QueryClient): void {
  const state = client.getQueryData(whoQuery().queryKey)?.state
  if (state === 'open' || state === 'signed_out') return
  void client.refetchQueries({ queryKey: whoQuery().queryKey }, { cancelRefetch: false })
}
