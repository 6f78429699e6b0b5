import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { readChunk } from './read-chunk.ts'

/** What was packed of one provider, chunk by chunk in order. */
export type Block = { chunks: Uint8Array[]; outcomes: number; approximate: number }

/** Chunks of one provider one behind the other. */
export function writeBlock(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new ByteWriter()
  for (const chunk of chunks) bytes.block(chunk)
  return bytes.bytes()
}

/** The chunks in a block. */
export function readBlock(bytes: Uint8Array): Uint8Array[] {
  const reader = new ByteReader(bytes)
  const chunks: Uint8Array[] = []
  while (!reader.isAtEnd) chunks.push(reader.block())
  return chunks
}

/**
 * The same records in as few chunks as can be, which takes much less room: a new one only where the order of
 * happenings begins anew, has a gap, or the time falls.
 */
export function joinChunks(chunks: readonly Uint8Array[]): Block {
  const writers: ChunkWriter[] = []
  let expected = -1
  let lastAt = 0
  for (const bytes of chunks) {
    const { place, records } = readChunk(bytes)
    let writer = writers.at(-1)
    const [first] = records
    if (first === undefined) continue
    if (writer === undefined || place !== expected || first.at < lastAt) {
      writer = new ChunkWriter(first.at, place)
      writers.push(writer)
    }
    expected = place
    for (const record of records) {
      writer.add(record)
      expected += record.begins + 1
      lastAt = record.at
    }
  }
  return {
    chunks: writers.map((writer) => writer.bytes()),
    outcomes: writers.reduce((sum, { outcomes }) => sum + outcomes, 0),
    approximate: writers.reduce((sum, { approximate }) => sum + approximate, 0),
  }
}
