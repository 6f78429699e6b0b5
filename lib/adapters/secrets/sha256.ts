import { createHash } from 'node:crypto'
import type { Sha256 } from '#lib/services/ports.ts'

/** The SHA-256 of a text, in hexadecimal. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex')
