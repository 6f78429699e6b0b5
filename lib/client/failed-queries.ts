import type { Query, QueryFilters } from '@tanstack/react-query'
import { isRequestError } from './request-error.ts'

/** A share that is used up, and the answers of proxies and of a server that starts or stops or lacks its database. */
const PASSING_STATUSES: readonly (number | null)[] = [429, 502, 503, 504]

/** Whether the server was away or in no state to answer; another refusal stays one however often it is asked for. */
export const isPassing = (error: unknown): boolean =>
  isRequestError(error) && (error.failure === 'unreachable' || PASSING_STATUSES.includes(error.status))

/** What is shown and could not be read; one with data from before keeps its error until it has been read again. */
export const FAILED: QueryFilters = { type: 'active', predicate: ({ state }: Query) => state.error !== null }

/** Of what is shown and could not be read, that which may be answered the next time and is not being asked for. */
export const RECOVERABLE: QueryFilters = {
  type: 'active',
  fetchStatus: 'idle',
  predicate: ({ state }: Query) => isPassing(state.error),
}
