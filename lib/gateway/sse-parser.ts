/** One event of a stream: its name (`message` where it has none) and its data lines, joined. */
export type SseFrame = {
  event: string
  data: Buffer
  /** The data were longer than is kept; only their beginning is here. */
  isCut: boolean
}

const LF = 0x0a
const CR = 0x0d
const COLON = 0x3a
const SPACE = 0x20

/** More of one line than this is not kept: an event with a picture in it is passed on, but not read. */
const MAX_LINE_BYTES = 1_048_576

const NOTHING = Buffer.alloc(0)
const NEW_LINE = Buffer.from('\n')
const DATA = Buffer.from('data')
const EVENT = Buffer.from('event')

/**
 * Reads server-sent events that arrive in pieces, cut anywhere (WHATWG HTML, 9.2.6). Comments and fields other than
 * `data` and `event` are read over. Bytes are kept only where an event is not whole yet.
 */
export class SseParser {
  private readonly onFrame: (frame: SseFrame) => void
  private line: Buffer[] = []
  private lineBytes = 0
  private isLineCut = false
  private event = ''
  private data: Buffer | null = null
  private isDataCut = false
  private afterCr = false

  constructor(onFrame: (frame: SseFrame) => void) {
    this.onFrame = onFrame
  }

  /** Whether an event has begun that no blank line has ended; a comment alone is none. */
  get isMidFrame(): boolean {
    const [first] = this.line
    return this.data !== null || this.event !== '' || (first !== undefined && first[0] !== COLON)
  }

  /** Reads on, and returns the offset in `chunk` after the last blank line: up to there it holds no half event; 0 without one. */
  push(chunk: Buffer): number {
    const { length } = chunk
    if (length === 0) return 0
    const hasCr = chunk.includes(CR)
    let at = this.afterCr && chunk[0] === LF ? 1 : 0
    this.afterCr = false
    let boundary = 0
    for (let end = lineEnd(chunk, at, hasCr); end !== -1; end = lineEnd(chunk, at, hasCr)) {
      const isBlank = this.takeLine(chunk.subarray(at, end))
      at = this.afterLineEnd(chunk, end)
      if (isBlank) boundary = at
    }
    if (at < length) this.keep(chunk.subarray(at))
    return boundary
  }

  /** Takes what stands after the last blank line, as an event that lacks but its own; null where nothing does. */
  takeLast(): SseFrame | null {
    if (this.line.length > 0) this.takeLine(NOTHING)
    return this.takeFrame()
  }

  /** The offset after a line's end, of which a `\r\n` may be cut in two. */
  private afterLineEnd(chunk: Buffer, end: number): number {
    if (chunk[end] === LF) return end + 1
    this.afterCr = end + 1 === chunk.length
    return chunk[end + 1] === LF ? end + 2 : end + 1
  }

  private keep(part: Buffer): void {
    const room = MAX_LINE_BYTES - this.lineBytes
    if (part.length > room) this.isLineCut = true
    if (room <= 0) return
    const kept = part.length > room ? part.subarray(0, room) : part
    this.line.push(kept)
    this.lineBytes += kept.length
  }

  /** Takes a line whose end was found; says whether it was blank. */
  private takeLine(rest: Buffer): boolean {
    let line = rest
    if (this.line.length > 0) {
      this.keep(rest)
      line = Buffer.concat(this.line)
      this.line = []
      this.lineBytes = 0
    }
    const isCut = this.isLineCut
    this.isLineCut = false
    if (line.length === 0) {
      this.dispatch()
      return true
    }
    this.takeField(line, isCut)
    return false
  }

  private takeField(line: Buffer, isCut: boolean): void {
    const colon = line.indexOf(COLON)
    if (colon === 0) return
    const nameEnd = colon === -1 ? line.length : colon
    const valueStart = colon === -1 ? nameEnd : line[colon + 1] === SPACE ? colon + 2 : colon + 1
    const name = line.subarray(0, nameEnd)
    if (name.equals(DATA)) this.addData(line.subarray(valueStart), isCut)
    else if (name.equals(EVENT)) this.event = line.toString('utf8', valueStart)
  }

  private addData(value: Buffer, isCut: boolean): void {
    this.isDataCut ||= isCut
    if (this.data === null) this.data = value
    else if (this.data.length < MAX_LINE_BYTES) this.data = Buffer.concat([this.data, NEW_LINE, value])
    else this.isDataCut = true
  }

  private dispatch(): void {
    const frame = this.takeFrame()
    if (frame !== null) this.onFrame(frame)
  }

  /** An event without data is none, as the standard says, unless it was named: some APIs end so. */
  private takeFrame(): SseFrame | null {
    const { data, event, isDataCut } = this
    this.data = null
    this.event = ''
    this.isDataCut = false
    if (data === null && event === '') return null
    return { event: event === '' ? 'message' : event, data: data ?? NOTHING, isCut: isDataCut }
  }
}

/** Where the line that begins at `from` ends; -1: not in this piece. */
function lineEnd(chunk: Buffer, from: number, hasCr: boolean): number {
  const lf = chunk.indexOf(LF, from)
  if (!hasCr) return lf
  const cr = chunk.subarray(from, lf === -1 ? chunk.length : lf).indexOf(CR)
  return cr === -1 ? lf : from + cr
}
