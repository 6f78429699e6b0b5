import type { StreamEvent } from '#lib/contract/monitor.ts'

/** The recent past of the stream, as text ready to be sent again. */
export type FrameRing = {
  push: (seq: number, frame: string) => void
  /** All frames after `seq` as one text; null when some of them are gone or `seq` never was. */
  after: (seq: number) => string | null
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

/** Keeps as many of the newest frames as fit in `maxChars`. Sequence numbers must be pushed without gaps. */
export function createFrameRing(maxChars: number): FrameRing {
  let frames: string[] = []
  let start = 0
  let firstSeq = 1
  let chars = 0
  return {
    push: (seq, text) => {
      if (start === frames.length) firstSeq = seq
      frames.push(text)
      chars += text.length
      while (chars > maxChars && start < frames.length) {
        chars -= frames[start]?.length ?? 0
        frames[start] = ''
        start += 1
        firstSeq += 1
      }
      // Cutting the array at each push would copy it each time.
      if (start > 1_024 && start * 2 > frames.length) {
        frames = frames.slice(start)
        start = 0
      }
    },
    after: (seq) => {
      const nextSeq = firstSeq + frames.length - start
      if (seq + 1 < firstSeq || seq >= nextSeq) return null
      return frames.slice(start + seq + 1 - firstSeq).join('')
    },
  }
}
