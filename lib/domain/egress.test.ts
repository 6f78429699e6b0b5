import { describe, expect, it } from 'vitest'
import { type Contact, egressLooksDown } from './egress.ts'

const at = (host: string, failingSince: number | null): Contact => ({ host, failingSince })

describe('egressLooksDown', () => {
  it.each<[why: string, contacts: Contact[], down: boolean]>([
    ['nobody', [], false],
    ['one alone', [at('a.example', 0)], false],
    ['two within 5 s', [at('a.example', 0), at('b.example', 5_000)], true],
    ['two further apart', [at('a.example', 0), at('b.example', 5_001)], false],
    ['one is reached', [at('a.example', 0), at('b.example', 100), at('c.example', null)], false],
    ['two accounts of one host', [at('a.example', 0), at('a.example', 100)], false],
    ['private ones do not count as failed', [at('a.example', 0), at('10.0.0.1', 100)], false],
    [
      'private ones do not count as reached',
      [at('a.example', 0), at('b.example', 9), at('localhost', null)],
      true,
    ],
    ['one died long before', [at('a.example', 0), at('b.example', 90_000), at('c.example', 90_001)], false],
  ])('%s', (_why, contacts, down) => {
    expect(egressLooksDown(contacts)).toBe(down)
  })

  it('takes a wider span where checks are rare', () => {
    expect(egressLooksDown([at('a.example', 0), at('b.example', 25_000)], 30_000)).toBe(true)
  })
})
