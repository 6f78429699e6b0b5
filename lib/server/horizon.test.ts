import { expect, it } from 'vitest'
import { horizonAt } from './horizon.ts'

const iso = (at: number) => new Date(at).toISOString()

it('keeps checks as long as is set, decisions for 48 hours, and hours and incidents for 400 days', () => {
  const now = Date.parse('2026-11-25T10:00:30.500Z')
  const { checks, rollups, decisions, incidents } = horizonAt(now, 3_600_000)
  expect(iso(checks)).toBe('2026-11-25T09:00:00.000Z')
  expect(rollups.map(iso)).toEqual([
    '2026-11-23T10:00:00.000Z',
    '2026-11-11T00:00:00.000Z',
    '2025-10-21T00:00:00.000Z',
  ])
  expect(iso(decisions)).toBe('2026-11-23T10:00:30.500Z')
  expect(iso(incidents)).toBe('2025-10-21T10:00:30.500Z')
  expect(iso(horizonAt(now, null).checks)).toBe('2026-11-23T10:00:00.000Z')
})
