const POLYNOMIAL = 0xedb88320
const TOP_BIT = 0x80000000

/** The product of two polynomials over GF(2), modulo CRC-32's, bits reflected. */
function product(a: number, b: number): number {
  let sum = 0
  let factor = b
  for (let bit = TOP_BIT; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) sum ^= factor
    factor = (factor & 1) === 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1
  }
  return sum >>> 0
}

/** x to the power of 2^n, for n from 0 to 31. */
const SQUARES = Array.from({ length: 31 }).reduce<number[]>(
  (powers) => [...powers, product(powers.at(-1) ?? 0, powers.at(-1) ?? 0)],
  [TOP_BIT >>> 1],
)

/**
 * What appending `byteLength` bytes does to a CRC-32 before it: the same for all texts that are longer by the same
 * bytes, so that it is made once for all of them. From the algebra of zlib's `crc32_combine_op`.
 */
export function crc32Shift(byteLength: number): number {
  let power = TOP_BIT
  let n = byteLength * 8
  for (let i = 0; n > 0; i += 1) {
    if (n % 2 === 1) power = product(SQUARES[i % SQUARES.length] ?? 0, power)
    n = Math.floor(n / 2)
  }
  return power
}

/** The CRC-32 of a text and another appended to it, from those of both and the `crc32Shift` of the other's length. */
export const crc32Combined = (first: number, second: number, shift: number): number =>
  (product(shift, first) ^ second) >>> 0
