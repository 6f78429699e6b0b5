import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameRing, frame, positionOf } from './live-frames.ts'

describe('frame', () => {
  it('is one server-sent event, named and numbered', () => {
    const event = { kind: 'settings', seq: 3, asOf: '2026-01-31T12:00:00.000Z', version: 7 } as const
    expect(frame(event, 'boot:3')).toBe(`id: boot:3\nevent: settings\ndata: ${JSON.stringify(event)}\n\n`)
    expect(frame(event, null)).toBe(`event: settings\ndata: ${JSON.stringify(event)}\n\n`)
  })
})

describe('positionOf', () => {
  it.each([
    ['boot:12', 12],
    ['boot:0', 0],
    ['other:12', null],
    ['boot:-1', null],
    ['boot:1.5', null],
    ['boot:', null],
    ['12', null],
    [null, null],
  ])('%s: %s', (lastEventId, position) => {
    expect(positionOf(lastEventId, 'boot')).toBe(position)
  })
})

describe('the ring of frames', () => {
  it('gives what came after a position, and nothing new to whoever has all', () => {
    const ring = createFrameRing(100)
    for (const seq of [1, 2, 3]) ring.push(seq, `<${seq}>`)
    expect(ring.after(0)).toBe('<1><2><3>')
    expect(ring.after(2)).toBe('<3>')
    expect(ring.after(3)).toBe('')
  })

  it('has nothing for a position that never was', () => {
    const ring = createFrameRing(100)
    expect(ring.after(1)).toBeNull()
    expect(ring.after(0)).toBe('')
    ring.push(1, '<1>')
    expect(ring.after(2)).toBeNull()
  })

  it('keeps the newest that fit and says when the rest is gone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4_000 }),
        fc.nat(2_000),
        (sizes, maxChars) => {
          const ring = createFrameRing(maxChars)
          const frames = sizes.map((size, index) => String((index + 1) % 10).repeat(size))
          frames.forEach((text, index) => ring.push(index + 1, text))
          let kept = 0
          let chars = 0
          while (kept < frames.length && chars + (frames.at(-1 - kept)?.length ?? 0) <= maxChars) {
            chars += frames.at(-1 - kept)?.length ?? 0
            kept += 1
          }
          const first = frames.length - kept
          expect(ring.after(first)).toBe(frames.slice(first).join(''))
          if (first > 0) expect(ring.after(first - 1)).toBeNull()
        },
      ),
      { numRuns: 200 },
    )
  })
})
