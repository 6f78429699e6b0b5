import { expect, it } from 'vitest'
import { freshnessOf, isOverdue } from './freshness.ts'

const AT = Date.UTC(2026, 0, 31, 12)
const iso = (at: number) => new Date(at).toISOString()

it.each([
  [0, 'fresh'],
  [20_000, 'fresh'],
  [20_001, 'ageing'],
  [60_000, 'ageing'],
  [60_001, 'expired'],
  [-5_000, 'fresh'],
] as const)('data %s ms old is %s', (ageMs, freshness) => {
  expect(freshnessOf(AT, AT + ageMs)).toBe(freshness)
})

const row = { enabled: true, lastCheckAt: iso(AT), nextCheckAt: null, intervalMs: 30_000, timeoutMs: 10_000 }

it.each<
  [why: string, more: Partial<typeof row> | { lastCheckAt: null; nextCheckAt: string | null }, late: boolean]
>([
  ['two intervals and a time-out are tolerated', {}, false],
  ['a shorter interval is late sooner', { intervalMs: 29_999 }, true],
  ['a disabled provider is never late', { intervalMs: 1, enabled: false }, false],
  ['one never checked, and due since then, is late', { lastCheckAt: null, nextCheckAt: iso(AT - 1) }, true],
  ['one never checked, and not due for long, is not', { lastCheckAt: null, nextCheckAt: iso(AT) }, false],
  ['one that is not scheduled is not', { lastCheckAt: null, nextCheckAt: null }, false],
])('%s', (_why, more, late) => {
  expect(isOverdue({ ...row, ...more }, AT + 70_000)).toBe(late)
})
