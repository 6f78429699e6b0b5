import type { StreamEvent } from '#lib/contract/monitor.ts'

/** The recent past of the stream, as bytes ready to be sent again. */
export type FrameRing = {
  push: (seq: number, frame: string) => void
  /** All frames after `seq` in one piece; null when some of them are gone or `seq` never was. */
  after: (seq: number) => Uint8Array<ArrayBuffer> | null
}

/** One server-sent event. Without `id` a reconnecting client does not ask to go on from it. */
export function frame(event: StreamEvent, id: string | null): string {
  return frameOf({ kind: event.kind, id, data: JSON.stringify(event) })
}

/** One server-sent event whose data is JSON already. */
export const frameOf = ({
  kind,
  id,
  data,
}: {
  kind: StreamEvent['kind']
  id: string | null
  data: string
}): string => `${id === null ? '' : `id: ${id}\n`}event: ${kind}\ndata: ${data}\n\n`

/** The position a `Last-Event-ID` names in the stream of this start, or null when it is another's or none. */
export function positionOf(lastEventId: string | null, bootId: string): number | null {
  if (lastEventId === null || !lastEventId.startsWith(`${bootId}:`)) return null
  const seq = lastEventId.slice(bootId.length + 1)
  return /^\d{1,15}$/.test(seq) ? Number(seq) : null
}

/**
 * Keeps as many of the newest frames as fit in `maxBytes`. Sequence numbers must be pushed without gaps. The bytes lie in
 * one place, over and over: thousands of texts that live for seconds would each be moved about before they are cleared.
 */
export function createFrameRing(maxBytes: number): FrameRing {
  const bytes = Buffer.alloc(maxBytes)
  /** Where each frame ends, counted from the first byte ever written; those before `start` are gone. */
  let ends: number[] = []
  let start = 0
  let firstSeq = 1
  /** Where the first frame that is kept begins, and where the next one will. */
  let from = 0
  let to = 0

  const write = (frame: string) => {
    const begin = to % maxBytes
    const end = begin + Buffer.byteLength(frame)
    if (end <= maxBytes) bytes.write(frame, begin)
    else {
      const encoded = Buffer.from(frame)
      encoded.copy(bytes, begin)
      // Of a frame larger than the ring nothing is kept, so what it leaves does not matter.
      encoded.copy(bytes, 0, maxBytes - begin)
    }
    to += end - begin
  }

  const drop = () => {
    from = ends[start] ?? to
    start += 1
    firstSeq += 1
    // Cutting the array each time would copy it each time.
    if (start <= 1_024 || start * 2 <= ends.length) return
    ends = ends.slice(start)
    start = 0
  }

  return {
    push: (seq, frame) => {
      if (start === ends.length) firstSeq = seq
      write(frame)
      ends.push(to)
      while (to - from > maxBytes) drop()
    },
    after: (seq) => {
      const nextSeq = firstSeq + ends.length - start
      if (seq + 1 < firstSeq || seq >= nextSeq) return null
      const begin = seq + 1 === firstSeq ? from : (ends[start + seq - firstSeq] ?? to)
      const place = begin % maxBytes
      const length = to - begin
      const tail = bytes.subarray(place, Math.min(place + length, maxBytes))
      return Buffer.concat([tail, bytes.subarray(0, length - tail.length)])
    },
  }
}
