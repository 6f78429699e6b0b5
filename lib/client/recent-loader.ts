import { recentSchema, type RecentCheck } from '#lib/contract/monitor.ts'
import { getJson, withQuery } from './api.ts'

const GATHER_MS = 20
const MOST_IDS = 100

type Waiting = { resolve: (recent: RecentCheck[]) => void; reject: (error: unknown) => void }

let waiting = new Map<string, Waiting[]>()

/** The last checks of one provider; askers within 20 ms share one request, so that a screen of rows costs one. */
export function loadRecent(providerId: string): Promise<RecentCheck[]> {
  return new Promise((resolve, reject) => {
    if (waiting.size === 0) setTimeout(flush, GATHER_MS)
    waiting.set(providerId, [...(waiting.get(providerId) ?? []), { resolve, reject }])
  })
}

function flush(): void {
  const batch = [...waiting]
  waiting = new Map()
  for (let start = 0; start < batch.length; start += MOST_IDS)
    void answer(batch.slice(start, start + MOST_IDS))
}

async function answer(batch: readonly [string, Waiting[]][]): Promise<void> {
  const ids = batch.map(([id]) => id).join(',')
  try {
    const { items } = await getJson(withQuery('/api/monitor/recent', { ids }), recentSchema)
    for (const [id, askers] of batch) for (const { resolve } of askers) resolve(items[id] ?? [])
  } catch (error) {
    for (const [, askers] of batch) for (const { reject } of askers) reject(error)
  }
}
