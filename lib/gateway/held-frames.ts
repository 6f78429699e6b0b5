/** Bytes of a stream that are not passed on yet: whole events, then what there is of the next. */
export class HeldFrames {
  bytes = 0
  /** Whether an event was passed on in part, because it is too large to be kept. */
  isMidFrame = false
  private readonly forward: (chunk: Buffer) => void
  private whole: Buffer[] = []
  private partial: Buffer[] = []
  private partialBytes = 0
  private isEnding = false

  constructor(forward: (chunk: Buffer) => void) {
    this.forward = forward
  }

  /** Takes a piece that holds whole events up to `boundary`; 0 where it ends none. */
  take(chunk: Buffer, boundary: number): void {
    this.bytes += chunk.length
    if (boundary > 0) {
      for (const piece of this.partial) this.whole.push(piece)
      this.partial = []
      this.partialBytes = 0
      this.isEnding = true
      this.whole.push(boundary === chunk.length ? chunk : chunk.subarray(0, boundary))
    }
    if (boundary === chunk.length) return
    this.partial.push(boundary === 0 ? chunk : chunk.subarray(boundary))
    this.partialBytes += chunk.length - boundary
  }

  /** Passes on what is whole, and of an event that is not so much as is more than `keepBytes`. */
  release(keepBytes: number): void {
    const { whole } = this
    if (whole.length > 0) this.whole = []
    for (const piece of whole) this.pass(piece)
    if (this.isEnding) {
      this.isEnding = false
      this.isMidFrame = false
    }
    if (this.partialBytes > keepBytes) {
      this.releasePartial()
      this.isMidFrame = true
    }
  }

  /** Passes on everything. */
  releaseAll(): void {
    this.release(Infinity)
    this.releasePartial()
  }

  private releasePartial(): void {
    const { partial } = this
    this.partial = []
    this.partialBytes = 0
    for (const piece of partial) this.pass(piece)
  }

  private pass(piece: Buffer): void {
    this.bytes -= piece.length
    this.forward(piece)
  }
}
