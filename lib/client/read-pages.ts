import type { z } from 'zod'
import { getJson, withQuery } from './api.ts'

const PAGE_SIZE = 500

type Asked<Page> = {
  path: string
  schema: z.ZodType<Page>
  query: Record<string, string | number | null>
  /** How many items at most; the rest is left out, and the answer's cursor says so. */
  most: number
  signal: AbortSignal
}

/** The first pages of a list, newest first, as one page; what else the first page says is kept. */
export async function readPages<Page extends { items: unknown[]; nextCursor: string | null }>({
  path,
  schema,
  query,
  most,
  signal,
}: Asked<Page>): Promise<Page> {
  const limit = Math.min(most, PAGE_SIZE)
  const first = await getJson(withQuery(path, { ...query, limit }), schema, signal)
  const items = [...first.items]
  let cursor = first.nextCursor
  while (cursor !== null && items.length < most) {
    const page: Page = await getJson(withQuery(path, { ...query, limit, cursor }), schema, signal)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return { ...first, items, nextCursor: cursor }
}
