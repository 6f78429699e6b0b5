import { expect, it } from 'vitest'
import type { History } from '#lib/contract/check.ts'
import { historyWithin } from './history-within.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 0, 31, 12)
const iso = (minute: number) => new Date(START + minute * MINUTE).toISOString()
const at = (minute: number) => START + minute * MINUTE

const HISTORY: History = {
  from: iso(0),
  to: iso(60),
  source: null,
  resolutionMs: MINUTE,
  buckets: Array.from({ length: 60 }, (_, i) => ({
    at: iso(i),
    count: i,
    ok: i,
    slow: 0,
    byClass: { ok: i },
    latency: null,
    successRate: 1,
  })),
}

it('cuts a stretch out of a history, at the edges of its buckets', () => {
  const part = historyWithin(HISTORY, { from: at(10) + 1, to: at(30) + 1 })
  expect(part?.from).toBe(iso(10))
  expect(part?.to).toBe(iso(31))
  expect(part?.resolutionMs).toBe(MINUTE)
  expect(part?.buckets.map(({ count }) => count)).toEqual(Array.from({ length: 21 }, (_, i) => 10 + i))
})

it('knows nothing of a stretch that reaches beyond the history, or of one of a few buckets', () => {
  expect(historyWithin(HISTORY, { from: at(-1), to: at(30) })).toBeNull()
  expect(historyWithin(HISTORY, { from: at(30), to: at(61) })).toBeNull()
  expect(historyWithin(HISTORY, { from: at(30), to: at(39) })).toBeNull()
  expect(historyWithin(HISTORY, { from: at(30), to: at(40) })).not.toBeNull()
})
