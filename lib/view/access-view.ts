import type { Who } from '#lib/contract/account.ts'
import { LEAST_ROLE, type Permission, type Role } from '#lib/domain/access/roles.ts'

/** What a page must ask of who sits before it, instead of going on as it is. */
export type SessionQuestion =
  /** Their session is over. */
  | 'sign_in'
  /** Somebody else has signed in since the page was loaded. */
  | 'someone_else'

/** Pages where nobody is signed in yet. */
const DOORS = ['/sign-in', '/set-up']

/**
 * The role that somebody lacks for what needs the permission; null when they may. Only who has signed in is refused
 * anything by the console: where nobody does, or while it is not known, the server alone decides.
 */
export function roleLacking(who: Who | null, needs: Permission): Role | null {
  if (who?.state !== 'signed_in' || who.permissions.includes(needs)) return null
  return LEAST_ROLE[needs]
}

/** Why a control is off. */
export const refusalWords = (role: Role): string => `needs the role ${role}`

/** What must be asked on a page: `owner` is the account that it was loaded for. */
export function sessionQuestion(
  who: Who | null,
  { owner, path }: { owner: Who['account']; path: string },
): SessionQuestion | null {
  if (who?.state === 'signed_out') return DOORS.includes(path) ? null : 'sign_in'
  if (who?.state !== 'signed_in' || owner === null) return null
  return who.account?.id === owner.id ? null : 'someone_else'
}
