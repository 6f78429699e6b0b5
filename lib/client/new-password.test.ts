import { describe, expect, it } from 'vitest'
import { passwordSchema } from '#lib/contract/account.ts'
import { newPassword } from './new-password.ts'

describe('newPassword', () => {
  const many = Array.from({ length: 500 }, newPassword)

  it('is one that the contract takes', () => {
    for (const password of many) expect(passwordSchema.safeParse(password).success).toBe(true)
  })

  it('is another each time, of letters that are not taken for others', () => {
    expect(new Set(many).size).toBe(many.length)
    for (const password of many) expect(password).toMatch(/^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/)
  })

  it('uses every letter about as often', () => {
    const letters = many.join('').replaceAll('-', '')
    const counts = new Map<string, number>()
    for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    const expected = letters.length / 31
    expect(counts.size).toBe(31)
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected / 2)
  })
})
