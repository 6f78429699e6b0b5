import { THIN } from './format.ts'

/** A number and the unit behind it; behind the unit no letter goes on, as in `3 misses`. */
const NUMBER_AND_UNIT = /(\d) (?=(?:%|[mµ]?s|min|h|d|km)(?![\p{L}\p{N}_]))/gu

/** The text with each number and its unit on one line: what the engine words has plain spaces, as its log has. */
export const keepUnits = (text: string): string => text.replace(NUMBER_AND_UNIT, `$1${THIN}`)
