import { QueryClient, environmentManager } from '@tanstack/react-query'
import { isRequestError } from './request-error.ts'

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal will not change by asking again; an unreachable server is polled anyway.
        retry: (failures, error) => !isRequestError(error) && failures < 2,
        // The server may be on this very machine: being offline says nothing about it.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

let browserClient: QueryClient | undefined

/** The browser's one cache; on the server a new one for each render. */
export function getQueryClient(): QueryClient {
  if (environmentManager.isServer()) return makeQueryClient()
  return (browserClient ??= makeQueryClient())
}
