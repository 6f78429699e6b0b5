import { queryOptions } from '@tanstack/react-query'
import { whoSchema } from '#lib/contract/account.ts'
import { getJson } from './api.ts'

/** Who is at the browser, and how one signs in here. */
export const whoQuery = () =>
  queryOptions({
    queryKey: ['who'],
    queryFn: ({ signal }) => getJson('/api/auth/who', whoSchema, signal),
    staleTime: 60_000,
  })
