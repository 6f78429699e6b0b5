import type { z } from 'zod'
import { getJson, withQuery } from './api.ts'

const PAGE_SIZE = 500

/** A whole list of our own server, page after page. */
export async function readAll<T>(
  path: string,
  schema: z.ZodType<{ items: T[]; nextCursor: string | null }>,
  signal: AbortSignal,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: { items: T[]; nextCursor: string | null } = await getJson(
      withQuery(path, { limit: PAGE_SIZE, cursor }),
      schema,
      signal,
    )
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}
