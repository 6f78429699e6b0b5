import type { AccountView, CreateUser, PatchUser } from '#lib/contract/account.ts'
import type { Role } from '#lib/domain/access/roles.ts'

/** Somebody as the form about them holds it; an empty user name is none. */
export type UserForm = { name: string; email: string; username: string; role: Role; disabled: boolean }

export const EMPTY_USER_FORM: UserForm = {
  name: '',
  email: '',
  username: '',
  role: 'viewer',
  disabled: false,
}

/** Somebody who is there, in the form. */
export const userForm = ({ name, email, username, role, disabled }: AccountView): UserForm => ({
  name,
  email,
  username: username ?? '',
  role,
  disabled,
})

const usernameOf = (text: string) => (text.trim() === '' ? null : text)

/** A new user as the server wants it; the shared schema judges it. `password` null: another vouches for them. */
export const createUserInput = (
  { name, email, username, role }: UserForm,
  password: string | null,
): CreateUser => ({ name, email, username: usernameOf(username), role, password })

/** Only what differs from the account, as the server wants it; a blank reason is none. */
export function patchUserInput(form: UserForm, account: AccountView, reason: string): PatchUser {
  const wanted = { ...form, username: usernameOf(form.username) }
  const changed = Object.entries(wanted).filter(
    ([name, value]) => account[name as keyof typeof wanted] !== value,
  )
  return { ...Object.fromEntries(changed), ...(reason.trim() === '' ? {} : { reason }) }
}

/** Whether the patch changes anything. */
export const changesUser = (patch: PatchUser): boolean => Object.keys(patch).some((name) => name !== 'reason')
