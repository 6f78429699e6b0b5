/** What a reply was, once its last byte is there. */
export type Reply = { status: number; bytes: number }

type Listener = {
  /** A piece of the body, its chunk marks included. */
  onBody?: ((piece: Buffer) => void) | undefined
  onReply: (reply: Reply) => void
}

type Head = { status: number; length: number | null }

const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'

/** Finds where each reply on a connection ends: just enough HTTP for a client that asks one thing at a time. */
export function createReplyReader({ onBody, onReply }: Listener): (piece: Buffer) => void {
  let unread: Buffer | null = null
  let head: Head | null = null
  let bytes = 0
  let tail = ''

  const finish = ({ status }: Head) => {
    const reply = { status, bytes }
    head = null
    bytes = 0
    tail = ''
    onReply(reply)
  }

  const readBody = (of: Head, piece: Buffer) => {
    if (piece.length > 0) {
      bytes += piece.length
      onBody?.(piece)
    }
    if (of.length !== null) {
      if (bytes >= of.length) finish(of)
      return
    }
    tail = (tail + piece.toString('latin1', Math.max(0, piece.length - 7))).slice(-7)
    if (tail === LAST_CHUNK || tail.endsWith(`\r\n${LAST_CHUNK}`)) finish(of)
  }

  return (piece) => {
    if (head !== null) return readBody(head, piece)
    const all: Buffer = unread === null ? piece : Buffer.concat([unread, piece])
    const end = all.indexOf(HEAD_END)
    if (end < 0) {
      unread = all
      return
    }
    unread = null
    head = readHead(all.toString('latin1', 0, end))
    readBody(head, all.subarray(end + HEAD_END.length))
  }
}

function readHead(text: string): Head {
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1]
  return { status: Number(text.slice(9, 12)), length: length === undefined ? null : Number(length) }
}
