import type { Histogram } from '#lib/domain/histogram.ts'
import { tenthsOf } from '#lib/domain/tenths.ts'

// Our own histogram and not @datadog/sketches-js: it is what the live counts are made of, and a minute of checks packs
// into some ten bytes where that one's protobuf takes hundreds.

/**
 * A histogram's counts in few bytes: where they begin, then for each bucket that is not empty how many empty ones come
 * before it, and its count unless that is one.
 */
export function packSketch({ offset, counts }: Histogram): Uint8Array {
  const bytes: number[] = []
  pushNumber(bytes, offset < 0 ? -offset * 2 - 1 : offset * 2)
  let empty = 0
  for (const count of counts) {
    if (count === 0) {
      empty += 1
      continue
    }
    pushNumber(bytes, empty * 2 + Number(count > 1))
    if (count > 1) pushNumber(bytes, count)
    empty = 0
  }
  return Uint8Array.from(bytes)
}

/** The same with its smallest and largest value before it, for a row that has no columns for them. */
export function packWithRange(histogram: Histogram): Uint8Array {
  const range: number[] = []
  pushNumber(range, tenthsOf(histogram.min))
  pushNumber(range, tenthsOf(histogram.max))
  return Uint8Array.from([...range, ...packSketch(histogram)])
}

/** The histogram that `packSketch` packed, with what its row says of its smallest and largest value in tenths of a ms. */
export function unpackSketch(packed: Uint8Array, { min, max }: { min: number; max: number }): Histogram {
  return unpackCounts(readerOf(packed), { min: min / 10, max: max / 10 })
}

/** The histogram that `packWithRange` packed. */
export function unpackWithRange(packed: Uint8Array): Histogram {
  const bytes = readerOf(packed)
  const min = nextNumber(bytes) / 10
  return unpackCounts(bytes, { min, max: nextNumber(bytes) / 10 })
}

type Reader = { packed: Uint8Array; at: number }

const readerOf = (packed: Uint8Array): Reader => ({ packed, at: 0 })

function unpackCounts(bytes: Reader, range: Pick<Histogram, 'min' | 'max'>): Histogram {
  const zigzag = nextNumber(bytes)
  const counts: number[] = []
  let total = 0
  while (bytes.at < bytes.packed.length) {
    const step = nextNumber(bytes)
    const count = step % 2 === 0 ? 1 : nextNumber(bytes)
    for (let empty = Math.floor(step / 2); empty > 0; empty -= 1) counts.push(0)
    counts.push(count)
    total += count
  }
  const offset = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
  return { count: total, offset, counts, ...range }
}

/** Seven bits a byte, the lowest first; all but the last byte carry the high bit. Counts may outgrow 32 bits. */
function pushNumber(bytes: number[], value: number) {
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  bytes.push(rest)
}

function nextNumber(bytes: Reader): number {
  let value = 0
  for (let unit = 1; ; unit *= 128) {
    const byte = bytes.packed[bytes.at] ?? 0
    bytes.at += 1
    if (byte < 128) return value + byte * unit
    value += (byte - 128) * unit
  }
}
