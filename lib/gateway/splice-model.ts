import type { Span } from './json-scan.ts'

/** The body with another model's name in it, every other byte as it was. */
export function spliceModel(bytes: Buffer, span: Span, model: string): Buffer {
  return Buffer.concat([
    bytes.subarray(0, span.start),
    Buffer.from(JSON.stringify(model)),
    bytes.subarray(span.end),
  ])
}
