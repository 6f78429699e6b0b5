import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameRing, frame, type FrameRing, positionOf } from './live-frames.ts'

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
  const textAfter = (ring: FrameRing, seq: number) => {
    const bytes = ring.after(seq)
    return bytes === null ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  }

  it('gives what came after a position, and nothing new to whoever has all', () => {
    const ring = createFrameRing(100)
    for (const seq of [1, 2, 3]) ring.push(seq, `<${seq}>`)
    expect(textAfter(ring, 0)).toBe('<1><2><3>')
    expect(textAfter(ring, 2)).toBe('<3>')
    expect(textAfter(ring, 3)).toBe('')
  })

  it('has nothing for a position that never was', () => {
    const ring = createFrameRing(100)
    expect(ring.after(1)).toBeNull()
    expect(textAfter(ring, 0)).toBe('')
    ring.push(1, '<1>')
    expect(ring.after(2)).toBeNull()
  })

  it('keeps what it gave as it was', () => {
    const ring = createFrameRing(4)
    ring.push(1, 'abcd')
    const given = ring.after(0)
    ring.push(2, 'efgh')
    expect(new TextDecoder().decode(given ?? undefined)).toBe('abcd')
  })

  // Killed: the list of ends cut one too early; its start not set back when it is cut.
  it('finds its place however many frames have gone by', () => {
    const ring = createFrameRing(100)
    for (let seq = 1; seq <= 3_000; seq += 1) {
      ring.push(seq, String(seq).padStart(10, '.'))
      const oldest = Math.max(0, seq - 10)
      expect(textAfter(ring, seq - 1)).toBe(String(seq).padStart(10, '.'))
      expect(textAfter(ring, oldest)).toHaveLength((seq - oldest) * 10)
      if (oldest > 0) expect(ring.after(oldest - 1)).toBeNull()
    }
  })

  // Killed: a frame that is cut at the ring's end read from its first part only; the second part not
  // written; the bytes counted as characters; the oldest frame begun where the one after it does; one frame too many kept.
  it('keeps the newest that fit and says when the rest is gone', () => {
    const letters = fc.constantFrom('a', 'é', '→', '🜂')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(letters, fc.integer({ min: 1, max: 9 })), { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 400 }),
        (sizes, maxBytes) => {
          const ring = createFrameRing(maxBytes)
          const frames = sizes.map(([letter, size], index) => letter.repeat(size) + String(index % 10))
          frames.forEach((text, index) => ring.push(index + 1, text))
          let kept = 0
          let bytes = 0
          const sizeOf = (fromEnd: number) => Buffer.byteLength(frames.at(-1 - fromEnd) ?? '')
          while (kept < frames.length && bytes + sizeOf(kept) <= maxBytes) {
            bytes += sizeOf(kept)
            kept += 1
          }
          const first = frames.length - kept
          for (const place of new Set([first, first + Math.floor(kept / 2), frames.length]))
            expect(textAfter(ring, place)).toBe(frames.slice(place).join(''))
          if (first > 0) expect(ring.after(first - 1)).toBeNull()
        },
      ),
      { numRuns: 200 },
    )
  })
})
