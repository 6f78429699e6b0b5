import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isAppError } from '#lib/domain/errors.ts'
import { readEnv } from './env.ts'

const folder = mkdtempSync(join(tmpdir(), 'switchyard-env-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ISSUER = { SWITCHYARD_OIDC_ISSUER: 'https://id.example.com/realms/team' }
const CLIENT = { SWITCHYARD_OIDC_CLIENT_ID: 'switchyard' }
const SECRET = { SWITCHYARD_OIDC_CLIENT_SECRET: 'secret-of-this-test' }

const read = (source: Record<string, string>) => readEnv(source, folder).identityProvider

function complaints(source: Record<string, string>): Record<string, string> {
  try {
    read(source)
  } catch (error) {
    if (!isAppError(error)) throw error
    expect(error.message).not.toContain('secret-of-this-test')
    return Object.fromEntries(error.fields.map(({ path, message }) => [path, message]))
  }
  return {}
}

describe('the identity provider in the environment', () => {
  it('is named by its host unless it has a name', () => {
    expect(read({ ...ISSUER, ...CLIENT, ...SECRET })).toEqual({
      issuer: new URL('https://id.example.com/realms/team'),
      clientId: 'switchyard',
      clientSecret: 'secret-of-this-test',
      name: 'id.example.com',
    })
    const named = { ...ISSUER, ...CLIENT, ...SECRET, SWITCHYARD_OIDC_NAME: 'Example ID' }
    expect(read(named)).toMatchObject({ name: 'Example ID' })
  })

  it.each([
    ['Exam\nple', 'no line breaks or other control characters'],
    ['Exam\u001b[31mple', 'no line breaks or other control characters'],
    ['Exam\u2028ple', 'no line breaks or other control characters'],
    [' \n ', 'write a name'],
    ['a'.repeat(61), 'at most 60 characters'],
    ['a'.repeat(101), 'at most 60 characters'],
  ])('is not named %j', (name, message) => {
    const named = { ...ISSUER, ...CLIENT, ...SECRET, SWITCHYARD_OIDC_NAME: name }
    expect(complaints(named)).toEqual({ SWITCHYARD_OIDC_NAME: message })
  })

  it('may keep its secret in a file', () => {
    writeFileSync(join(folder, 'secret'), 'secret-of-a-file\n')
    const filed = { ...ISSUER, ...CLIENT, SWITCHYARD_OIDC_CLIENT_SECRET_FILE: 'secret' }
    expect(read(filed)).toMatchObject({ clientSecret: 'secret-of-a-file' })
    expect(complaints({ ...filed, ...SECRET })).toEqual({
      SWITCHYARD_OIDC_CLIENT_SECRET_FILE: 'give the secret or its file, not both',
    })
    expect(complaints({ ...filed, SWITCHYARD_OIDC_CLIENT_SECRET_FILE: 'nowhere' })).toEqual({
      SWITCHYARD_OIDC_CLIENT_SECRET_FILE: `the file ${join(folder, 'nowhere')} cannot be read (ENOENT)`,
    })
    writeFileSync(join(folder, 'empty'), '\n')
    expect(complaints({ ...filed, SWITCHYARD_OIDC_CLIENT_SECRET_FILE: 'empty' })).toEqual({
      SWITCHYARD_OIDC_CLIENT_SECRET_FILE: `the file ${join(folder, 'empty')} is empty`,
    })
  })

  it.each<[given: Record<string, string>, missing: string[]]>([
    [ISSUER, ['SWITCHYARD_OIDC_CLIENT_ID', 'SWITCHYARD_OIDC_CLIENT_SECRET']],
    [{ ...ISSUER, ...CLIENT }, ['SWITCHYARD_OIDC_CLIENT_SECRET']],
    [{ ...ISSUER, ...SECRET }, ['SWITCHYARD_OIDC_CLIENT_ID']],
    [{ ...CLIENT, ...SECRET }, ['SWITCHYARD_OIDC_ISSUER']],
    [
      { SWITCHYARD_OIDC_NAME: 'Example ID' },
      ['SWITCHYARD_OIDC_CLIENT_ID', 'SWITCHYARD_OIDC_CLIENT_SECRET', 'SWITCHYARD_OIDC_ISSUER'],
    ],
  ])('is whole or not there: %o', (given, missing) => {
    const found = complaints(given)
    expect(Object.keys(found).sort()).toEqual(missing)
    for (const message of Object.values(found)) expect(message).toMatch(/^missing: .*issuer.*id.*secret/)
  })

  it('may be called in plain text on this machine alone, and only where that is allowed', () => {
    const rest = { ...CLIENT, ...SECRET, SWITCHYARD_PRIVATE_WEBHOOKS: 'on' }
    for (const url of ['http://localhost:8080/', 'http://127.0.0.1:8080/', 'http://[::1]:8080/'])
      expect(read({ ...rest, SWITCHYARD_OIDC_ISSUER: url })?.issuer.href).toBe(url)
    expect(complaints({ ...rest, SWITCHYARD_OIDC_ISSUER: 'http://10.0.0.1/' })).toEqual({
      SWITCHYARD_OIDC_ISSUER: 'an https:// URL: it tells who people are',
    })
  })
})
