import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { auditEntrySchema, type AuditEntryView } from '#lib/contract/audit.ts'
import { pageOf } from '#lib/contract/check.ts'
import { writeCursor } from '#lib/contract/cursor.ts'
import { rangeMs, type TimeRange } from '#lib/view/time-range.ts'
import { getJson, withQuery } from './api.ts'
import { serverNow } from './clock.ts'

const auditPage = pageOf(auditEntrySchema)

/** Which entries, as the URL has it; null: whatever it may be. Of a range that ends now, of a fixed one, or of any time. */
export type AuditFilter = Record<'q' | 'actor' | 'action' | 'entity' | 'outcome', string | null> & {
  time: TimeRange | { from: number; to: number } | null
}

const ENTRIES_A_PAGE = 50

/** The filter as the API takes it. */
export const auditParams = ({ time, ...filter }: AuditFilter) => ({
  ...filter,
  from: time === null ? null : typeof time === 'string' ? serverNow() - rangeMs(time) : time.from,
  to: time === null || typeof time === 'string' ? null : time.to,
})

/** The reads of the audit. */
export const auditQueries = {
  /** Entries, newest first, page by page. */
  entries: (filter: AuditFilter) =>
    infiniteQueryOptions({
      queryKey: ['audit', 'entries', filter],
      queryFn: ({ signal, pageParam }) => {
        const query = { ...auditParams(filter), cursor: pageParam, limit: ENTRIES_A_PAGE }
        return getJson(withQuery('/api/audit', query), auditPage, signal)
      },
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      staleTime: 4_000,
      placeholderData: keepPreviousData,
    }),

  /** The entry with this number, or null; an entry never changes. */
  entry: (number: number) =>
    queryOptions({
      queryKey: ['audit', 'entry', number],
      queryFn: async ({ signal }): Promise<AuditEntryView | null> => {
        // Entries follow each other by number: behind the next one comes this one.
        const cursor = writeCursor({ at: 0, id: number + 1 })
        const { items } = await getJson(withQuery('/api/audit', { cursor, limit: 1 }), auditPage, signal)
        return items.find((entry) => entry.number === number) ?? null
      },
      staleTime: ({ state }) => (state.data ? Infinity : 0),
    }),
}
