import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

const DECODERS = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
} as const

/**
 * The text of a body, unpacked where the server packed it unasked. Null when it cannot be unpacked, or only to more
 * than `maxBytes`.
 */
export function bodyText(
  body: Buffer,
  encoding: string | string[] | undefined,
  maxBytes: number,
): string | null {
  const name = String(encoding ?? 'identity').toLowerCase()
  if (name === 'identity' || name === '') return body.toString('utf8')
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name as keyof typeof DECODERS] : null
  try {
    return decode?.(body, { maxOutputLength: maxBytes }).toString('utf8') ?? null
  } catch {
    return null
  }
}
