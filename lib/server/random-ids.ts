/** How many ids are made of one draw of random bytes. */
const DRAWN = 128
const ID_BYTES = 16

/**
 * Makes ids of 128 random bits, as 32 letters of hexadecimal. `fill` fills a buffer with random bytes; it is asked for
 * many ids' at once, and each id is one string from the start, which a UUID of Node's is not: it is put together of
 * twenty.
 */
export function createRandomIds(fill: (bytes: Buffer) => void): () => string {
  const drawn = Buffer.alloc(DRAWN * ID_BYTES)
  let at = drawn.length
  return () => {
    if (at === drawn.length) {
      fill(drawn)
      at = 0
    }
    at += ID_BYTES
    return drawn.toString('hex', at - ID_BYTES, at)
  }
}
