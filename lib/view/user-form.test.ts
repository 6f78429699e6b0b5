import { describe, expect, it } from 'vitest'
import type { AccountView } from '#lib/contract/account.ts'
import { changesUser, createUserInput, EMPTY_USER_FORM, patchUserInput, userForm } from './user-form.ts'

const ada: AccountView = {
  id: 'u1',
  name: 'Ada',
  email: 'ada@example.com',
  username: null,
  role: 'operator',
  disabled: false,
  hasSecondFactor: false,
  createdAt: '2026-11-28T09:00:00.000Z',
}

describe('a user in the form', () => {
  it('comes back unchanged, so that nothing is sent', () => {
    const patch = patchUserInput(userForm(ada), ada, '  ')
    expect(patch).toEqual({})
    expect(changesUser(patch)).toBe(false)
  })

  it('sends only what differs, with the reason', () => {
    const form = { ...userForm(ada), role: 'viewer', disabled: true } as const
    const patch = patchUserInput(form, ada, 'on leave')
    expect(patch).toEqual({ role: 'viewer', disabled: true, reason: 'on leave' })
    expect(changesUser(patch)).toBe(true)
  })

  it('is not changed by a reason alone', () => {
    expect(changesUser(patchUserInput(userForm(ada), ada, 'because'))).toBe(false)
  })

  it('takes a user name away by emptying it', () => {
    const named = { ...ada, username: 'ada' }
    expect(patchUserInput({ ...userForm(named), username: ' ' }, named, '')).toEqual({ username: null })
  })

  it('is added without a user name when there is none', () => {
    const form = { ...EMPTY_USER_FORM, name: 'Bo', email: 'bo@example.com' }
    expect(createUserInput(form, null)).toEqual({
      name: 'Bo',
      email: 'bo@example.com',
      username: null,
      role: 'viewer',
      password: null,
    })
  })
})
