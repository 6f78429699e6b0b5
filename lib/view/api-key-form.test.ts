import { describe, expect, it } from 'vitest'
import { createApiKeySchema, SCOPES } from '#lib/contract/api-key.ts'
import { apiKeyInput, isExpired, KEY_LIVES, SCOPE_WORDS } from './api-key-form.ts'

const NOW = Date.parse('2026-11-28T12:00:00Z')

describe('a new API key', () => {
  it.each([
    ['30', '2026-12-28T12:00:00.000Z'],
    ['90', '2027-02-26T12:00:00.000Z'],
    ['365', '2027-11-28T12:00:00.000Z'],
    ['never', null],
  ] as const)('with a life of %s ends at %s', (life, expiresAt) => {
    expect(apiKeyInput({ name: 'ci', scopes: ['read'], life }, NOW).expiresAt).toBe(expiresAt)
  })

  it.each(KEY_LIVES)('is one that the contract takes: %s', (life) => {
    const input = apiKeyInput({ name: 'ci', scopes: ['outcomes'], life }, NOW)
    expect(createApiKeySchema.safeParse(input).success).toBe(true)
  })

  it('has each of its purposes explained by a sentence of its own', () => {
    const notes = SCOPES.map((scope) => SCOPE_WORDS[scope].note)
    expect(new Set(notes).size).toBe(SCOPES.length)
    for (const note of notes) expect(note).toMatch(/^[A-Z].*\.$/)
  })
})

describe('isExpired', () => {
  it('begins at the very moment', () => {
    const end = new Date(NOW).toISOString()
    expect(isExpired(end, NOW - 1)).toBe(false)
    expect(isExpired(end, NOW)).toBe(true)
    expect(isExpired(null, NOW)).toBe(false)
  })
})
