import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

/** One provider's chunk in a part. */
export type Section = { providerId: string; chunk: Uint8Array }

/** Chunks of many providers in one piece. */
export function writePart(sections: readonly Section[]): Uint8Array {
  const bytes = new ByteWriter()
  for (const { providerId, chunk } of sections) {
    bytes.text(providerId)
    bytes.block(chunk)
  }
  return bytes.bytes()
}

/** The chunks in a part. */
export function readPart(part: Uint8Array): Section[] {
  const bytes = new ByteReader(part)
  const sections: Section[] = []
  while (!bytes.isAtEnd) sections.push({ providerId: bytes.text(), chunk: bytes.block() })
  return sections
}
