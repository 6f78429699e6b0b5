import { describe, expect, it } from 'vitest'
import { MASKED, redactSecrets } from './redact-secrets.ts'

describe('what is put on record', () => {
  it.each([
    [{ apiKey: 'abc', hasApiKey: true, apiKeyLast4: 'test', apiKeyRef: 'env:NAME' }, { apiKey: MASKED }],
    [{ key: { type: 'sealed', sealed: 'xyz', last4: 'test' } }, { key: { type: 'sealed', sealed: MASKED } }],
    [{ headers: { 'x-team': 'blue', 'X-Auth-Token': 'abc' } }, { headers: { 'x-team': 'blue' } }],
    [{ list: [{ hash: 'abc' }, { deep: { passwordHash: 'abc' } }] }, { list: [{ hash: MASKED }, {}] }],
    [
      { recoveryCodes: ['a', 'b'], totpSecret: 'abc' },
      { recoveryCodes: MASKED, totpSecret: MASKED },
    ],
  ])('has its secrets masked: %j', (value, expected) => {
    const shown = redactSecrets(value)
    expect(shown).toMatchObject(expected)
    expect(JSON.stringify(shown)).not.toMatch(/abc|xyz/)
  })

  it.each(['sk-', 'sk-switchyard-', 'sy-api-'])(
    'has what looks like a key masked wherever it is: %s',
    (begin) => {
      const key = `${begin}${'a1B2'.repeat(8)}`
      const shown = redactSecrets({ note: `use ${key} or`, list: [`Bearer ${key}`], other: `sealed:${key}` })
      expect(shown).toEqual({ note: `use ${MASKED} or`, list: [MASKED], other: MASKED })
    },
  )

  it('is otherwise as it was', () => {
    const value = {
      apiKey: null,
      secret: false,
      tokensPerMinute: 7,
      prefix: 'sk-switchyard-abcd',
      when: { metadata: { key: 'tenant', equals: 'a' } },
      list: [1, null, 'token'],
      headers: null,
    }
    expect(redactSecrets(value)).toEqual(value)
    expect(redactSecrets('words')).toBe('words')
    expect(redactSecrets(undefined)).toBeUndefined()
  })
})
