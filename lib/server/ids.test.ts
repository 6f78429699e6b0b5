import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createIds } from './ids.ts'

describe('ids', () => {
  it('are unique and sort by when they were made, however the clock goes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 200, size: 'max' }),
        (steps) => {
          let now = 1_700_000_000_000
          const newId = createIds(() => now, 'boot')
          const ids = steps.map((step) => {
            now += step
            return newId()
          })
          expect(new Set(ids).size).toBe(ids.length)
          expect([...ids].sort()).toEqual(ids)
        },
      ),
    )
  })

  it('stay so when more come in one ms than the counter holds', () => {
    const newId = createIds(() => 1_700_000_000_000, 'boot')
    const ids = Array.from({ length: 50_000 }, newId)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
  })
})
