import { parseTimeWindow, type TimeWindow } from '#lib/view/time-window.ts'

/** A page's query as Next hands it over. */
export type SearchParams = Record<string, string | string[] | undefined>

/** One value of the query; null when it is missing or there are several. */
export function askedText(query: SearchParams, name: string): string | null {
  const value = query[name]
  return typeof value === 'string' ? value : null
}

/** The window of time that the page's query names. */
export const askedWindow = (query: SearchParams): TimeWindow =>
  parseTimeWindow({
    range: askedText(query, 'range'),
    from: askedText(query, 'from'),
    to: askedText(query, 'to'),
  })
