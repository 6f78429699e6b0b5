import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib'
import { promisify } from 'node:util'
import { crc32Combined, crc32Shift } from './crc32-combine.ts'

/** Ten bytes: deflate, no name, no time, any system (RFC 1952). */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
/** A last block of no bytes (RFC 1951). */
const LAST_BLOCK = Buffer.from([3, 0])
/** The fastest: rows are so alike that it takes nine tenths off already. */
const LEVEL = 1
/** Fewer bytes are compressed sooner than handed to another thread. */
export const AT_ONCE_BYTES = 8_192

const compress = promisify(deflateRaw)

/** Bytes as a piece of any gzip stream: it refers to nothing before it, so that all clients are sent the same. */
export type GzipPiece = { bytes: Uint8Array; crc: number; shift: number; length: number }

/** What ends a gzip stream: the checksum and the number of the bytes so far. */
export type GzipTail = { crc: number; length: number }

/** Compresses bytes once for all clients; in another thread when they are many. */
export function gzipPiece(bytes: Uint8Array): GzipPiece | Promise<GzipPiece> {
  const options = { level: LEVEL, finishFlush: constants.Z_FULL_FLUSH }
  const facts = { crc: crc32(bytes), shift: crc32Shift(bytes.length), length: bytes.length }
  if (bytes.length <= AT_ONCE_BYTES) return { ...facts, bytes: deflateRawSync(bytes, options) }
  return compress(bytes, options).then((compressed) => ({ ...facts, bytes: compressed }))
}

/** The begin of a client's stream: what it alone is sent first. Many bytes are left as they are, for they are sent once. */
export function gzipBegin(opening: Uint8Array): { bytes: Uint8Array; tail: GzipTail } {
  const level = opening.length <= AT_ONCE_BYTES ? LEVEL : 0
  const block = deflateRawSync(opening, { level, finishFlush: constants.Z_FULL_FLUSH })
  return { bytes: Buffer.concat([HEADER, block]), tail: { crc: crc32(opening), length: opening.length } }
}

/** How a stream would end after one more piece. */
export const tailAfter = (tail: GzipTail, piece: GzipPiece): GzipTail => ({
  crc: crc32Combined(tail.crc, piece.crc, piece.shift),
  length: tail.length + piece.length,
})

/** The end of a client's stream. */
export function gzipEnd({ crc, length }: GzipTail): Uint8Array {
  const end = Buffer.alloc(8)
  end.writeUInt32LE(crc, 0)
  end.writeUInt32LE(length % 2 ** 32, 4)
  return Buffer.concat([LAST_BLOCK, end])
}
