import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'

const UNPACKERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/** What undoes a content coding; null for one that nobody knows, undefined where there is nothing to undo. */
export function unpackerFor(encoding: string | string[] | undefined): Transform | null | undefined {
  const name = String(encoding ?? '').toLowerCase()
  if (name === '' || name === 'identity') return undefined
  return Object.hasOwn(UNPACKERS, name) ? (UNPACKERS[name]?.() ?? null) : null
}
