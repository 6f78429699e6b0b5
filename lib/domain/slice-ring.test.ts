import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SliceRing } from './slice-ring.ts'

const span = { spanMs: 300, sliceMs: 100 }
const newRing = () => new SliceRing<number[]>(span, () => [])
const held = (ring: SliceRing<number[]>, now: number) =>
  ring
    .slicesAt(now)
    .flat()
    .toSorted((a, b) => a - b)

describe('SliceRing', () => {
  it('holds the running slice and the full ones before it', () => {
    const ring = newRing()
    for (const at of [1_000, 1_099, 1_100, 1_200]) ring.sliceAt(at)?.push(at)
    expect(held(ring, 1_299)).toEqual([1_000, 1_099, 1_100, 1_200])
    expect(held(ring, 1_300)).toEqual([1_100, 1_200])
    expect(held(ring, 1_499)).toEqual([1_200])
    expect(held(ring, 1_500)).toEqual([])
  })

  it('gives no slice for what has been overtaken, and leaves the newer as it is', () => {
    const ring = newRing()
    ring.sliceAt(1_300)?.push(1_300)
    expect(ring.sliceAt(1_050)).toBeNull()
    expect(held(ring, 1_300)).toEqual([1_300])
  })

  it('takes what is late but still in the span', () => {
    const ring = newRing()
    ring.sliceAt(1_250)?.push(1_250)
    ring.sliceAt(1_150)?.push(1_150)
    expect(held(ring, 1_250)).toEqual([1_150, 1_250])
  })

  // Killed: told of the slice that begins; told of one only; not told.
  it('tells of the older slices when one begins, and of no newer', () => {
    const told: number[][] = []
    const ring = new SliceRing<number[]>(
      span,
      () => [],
      (slice) => told.push([...slice]),
    )
    for (const at of [1_000, 1_150, 1_160, 1_350]) ring.sliceAt(at)?.push(at)
    expect(told).toEqual([[1_000], [1_000], [1_150, 1_160]])
    ring.sliceAt(1_250)
    expect(told.slice(3)).toEqual([[1_150, 1_160]])
  })

  it('shows nothing of what lies after `now`', () => {
    const ring = newRing()
    ring.sliceAt(1_200)?.push(1_200)
    expect(held(ring, 1_150)).toEqual([])
  })

  // Mutants killed: `>=` for `>` at the left edge, a slot not renewed, an overtaken slice written to.
  it('holds nothing older than the span, and all of the span but one slice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 60, size: 'max' }),
        fc.nat(500),
        (times, wait) => {
          const ring = newRing()
          for (const at of times) ring.sliceAt(at)?.push(at)
          const ordered = times.toSorted((a, b) => a - b)
          const now = (ordered.at(-1) ?? 0) + wait
          const found = held(ring, now)
          expect(found.every((at) => at > now - span.spanMs)).toBe(true)
          const sure = ordered.filter((at) => at > now - span.spanMs + span.sliceMs)
          expect(found.slice(found.length - sure.length)).toEqual(sure)
        },
      ),
    )
  })
})
