import { describe, expect, it } from 'vitest'
import type { Who } from '#lib/contract/account.ts'
import { LEAST_ROLE, type Permission, type Role, ROLES, roleMay } from '#lib/domain/access/roles.ts'
import { roleLacking, sessionQuestion } from './access-view.ts'

const PERMISSIONS = Object.keys(LEAST_ROLE) as Permission[]

const nobody: Who = {
  state: 'signed_out',
  account: null,
  permissions: [],
  needsToken: false,
  identityProvider: null,
}
const signedIn = (role: Role, id = 'u1'): Who => ({
  ...nobody,
  state: 'signed_in',
  permissions: PERMISSIONS.filter((one) => roleMay(role, one)),
  account: {
    id,
    name: 'Ada',
    email: 'ada@example.org',
    username: null,
    role,
    disabled: false,
    hasSecondFactor: false,
    createdAt: '2026-01-31T12:00:00.000Z',
  },
})
const open: Who = { ...nobody, state: 'open', permissions: PERMISSIONS }

describe('the role that is lacking', () => {
  it.each(ROLES)('is the least that may, for a %s, and none for what they may', (role) => {
    for (const needs of PERMISSIONS)
      expect(roleLacking(signedIn(role), needs)).toBe(roleMay(role, needs) ? null : LEAST_ROLE[needs])
  })

  it('is none where nobody signs in, while it is not known, and while a session is over', () => {
    for (const who of [open, null, nobody]) expect(roleLacking(who, 'users.manage')).toBeNull()
  })

  it('goes by what the server permits, not by the role alone', () => {
    const who = { ...signedIn('administrator'), permissions: ['console.read'] }
    expect(roleLacking(who, 'circuits.command')).toBe('operator')
  })
})

describe('what a page asks', () => {
  const { account: ada } = signedIn('viewer')
  const at = (path: string, owner = ada) => ({ owner, path })

  it.each<[why: string, who: Who | null, page: ReturnType<typeof at>, asks: string | null]>([
    ['a session that is over', nobody, at('/circuits'), 'sign_in'],
    ['one that was over when the page came', nobody, at('/', null), 'sign_in'],
    ['the sign-in page', nobody, at('/sign-in', null), null],
    ['the set-up page', nobody, at('/set-up', null), null],
    ['the same user', signedIn('viewer'), at('/'), null],
    ['the same user with another role', signedIn('operator'), at('/'), null],
    ['another user', signedIn('viewer', 'u2'), at('/'), 'someone_else'],
    ['the first user of a page that came without one', signedIn('viewer'), at('/', null), null],
    ['a console without sign-in', open, at('/', null), null],
    ['nothing known yet', null, at('/', null), null],
  ])('%s', (_why, who, page, asks) => {
    expect(sessionQuestion(who, page)).toBe(asks)
  })
})
