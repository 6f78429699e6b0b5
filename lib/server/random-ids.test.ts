import { describe, expect, it } from 'vitest'
import { createRandomIds } from './random-ids.ts'

describe('random ids', () => {
  it('are made of each random byte once, sixteen an id', () => {
    let drawn = 0
    const newId = createRandomIds((bytes) => {
      for (let at = 0; at < bytes.length; at += 1) {
        bytes[at] = Math.floor(drawn / 16) % 256
        drawn += 1
      }
    })
    const ids = Array.from({ length: 300 }, newId)
    const wanted = ids.map((_, place) => (place % 256).toString(16).padStart(2, '0').repeat(16))
    expect(ids).toEqual(wanted)
    // As much is drawn as is used, in draws of many.
    expect(drawn).toBe(3 * 128 * 16)
  })
})
