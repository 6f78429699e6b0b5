import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc32Combined, crc32Shift } from './crc32-combine.ts'

it('knows the checksum of two texts in a row from those of each', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3_000, size: 'max' }),
      fc.uint8Array({ maxLength: 3_000, size: 'max' }),
      (first, second) => {
        const whole = Buffer.concat([first, second])
        const combined = crc32Combined(crc32(first), crc32(second), crc32Shift(second.length))
        expect(combined).toBe(crc32(whole))
      },
    ),
  )
})

it('of megabytes too', () => {
  const first = Buffer.from('the beginning')
  const second = Buffer.alloc(5_000_001, 'and the rest ')
  expect(crc32Combined(crc32(first), crc32(second), crc32Shift(second.length))).toBe(
    crc32(Buffer.concat([first, second])),
  )
})
