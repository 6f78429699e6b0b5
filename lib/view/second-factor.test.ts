import { describe, expect, it } from 'vitest'
import { recoveryCodesText, secretOf, squaresPath } from './second-factor.ts'

describe('squaresPath', () => {
  const row = (text: string) => Array.from(text, (letter) => letter === '#')

  it('draws neighbours as one bar, each row at its place', () => {
    expect(squaresPath(['##.#', '....', '.###'].map(row))).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM1 2h3v1h-3z')
  })

  it('draws nothing of nothing', () => {
    expect(squaresPath([])).toBe('')
  })
})

it('tells the secret of an address', () => {
  expect(secretOf('otpauth://totp/Switchyard:ada@example.com?secret=ABCDEFGH&issuer=Switchyard')).toBe(
    'ABCDEFGH',
  )
})

it('writes one recovery code a line', () => {
  expect(recoveryCodesText(['aaaaa-bbbbb', 'ccccc-ddddd'], 'ada@example.com')).toMatch(
    /ada@example\.com.*\n\naaaaa-bbbbb\nccccc-ddddd\n$/,
  )
})
