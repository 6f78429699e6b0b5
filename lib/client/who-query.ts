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

/** What one changes about oneself: it may end the session and open another, of which the browser knows by the answer. */
const OWN_CHANGES = { mutationKey: ['profile'], status: 'pending' } as const

/**
 * Asks again who is there, unless that cannot have changed: nobody signs in, or it is known that nobody is. While one
 * changes something about oneself it waits for the answer, since before it the browser may show a session that is over.
 */
export async function recheckWho(client: QueryClient): Promise<void> {
  const state = client.getQueryData(whoQuery().queryKey)?.state
  if (state === 'open' || state === 'signed_out') return
  await ownChangesDone(client)
  await client.refetchQueries({ queryKey: whoQuery().queryKey }, { cancelRefetch: false })
}

function ownChangesDone(client: QueryClient): Promise<void> {
  const mutations = client.getMutationCache()
  const areDone = () => mutations.findAll(OWN_CHANGES).length === 0
  if (areDone()) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = mutations.subscribe(() => {
      if (!areDone()) return
      stop()
      resolve()
    })
  })
}
