import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact, secretsOf } from './redact.ts'

const KEY = 'test-key-0123456789'
const clean = (text: string, key: string | null = KEY, headers: Record<string, string> = {}) =>
  redact(text, secretsOf(key, headers))

describe('redact', () => {
  it.each<[text: string, shown: string]>([
    [`bad key ${KEY}.`, 'bad key [key].'],
    [`${KEY}${KEY}`, '[key][key]'],
    [`a ${KEY.slice(3, 12)} b ${KEY.slice(-6)} c`, 'a [key] b [key] c'],
    ['nothing to hide', 'nothing to hide'],
    ['', ''],
    ['test', 'test'],
    ['İ test-key-0123456789', 'İ [key]'],
    [`GET /x?key=other-secret&page=2`, 'GET /x?key=[key]&page=2'],
    ['Authorization: Bearer somebody-elses', 'Authorization: Bearer [key]'],
    ['you sent sk-ab****************wxyz', 'you sent [key]'],
    ['you sent AIzaSyBexampleexample', 'you sent [key]'],
    ['task-force and risk-based', 'task-force and risk-based'],
  ])('%j', (text, shown) => {
    expect(clean(text)).toBe(shown)
  })

  it('hides short keys whole, and the secret half of a header', () => {
    expect(clean('the key abc is bad', 'abc')).toBe('the key [key] is bad')
    expect(clean('got hush-hush back', null, { Authorization: 'Basic hush-hush' })).toBe('got [key] back')
    expect(clean('team alpha is over quota', null, { 'X-Team': 'alpha' })).toBe('team alpha is over quota')
  })

  // Mutants killed: run of 6 to 7; overlap at the end of a run not taken; case kept; encoded forms dropped.
  it('leaves no 6 characters of a key standing, wherever they stood', () => {
    const key = fc.stringMatching(/^[a-zA-Z0-9_-]{8,40}$/)
    const noise = fc.stringMatching(/^[ .,:]{0,5}$/)
    fc.assert(
      fc.property(
        key,
        fc.nat(),
        fc.nat(),
        noise,
        fc.boolean(),
        (secret, from, length, ...[around, upper]) => {
          const start = from % (secret.length - 5)
          const part = secret.slice(start, start + 6 + (length % secret.length))
          const text = `${around}${upper ? part.toUpperCase() : part}${around}`
          const shown = clean(text, secret).replaceAll('[key]', '\0').toLowerCase()
          for (let at = 0; at + 6 <= secret.length; at += 1) {
            expect(shown).not.toContain(secret.slice(at, at + 6).toLowerCase())
          }
          expect(shown.replaceAll('\0', '')).toBe(`${around}${around}`)
          const encoded = Buffer.from(secret).toString('base64')
          expect(clean(`x ${encoded} x`, secret)).not.toContain(encoded)
        },
      ),
    )
  })
})
