import { type Permission, type Role, roleMay, type Scope, scopesMay } from './roles.ts'

/** Who asks: a user who has signed in, a machine by its key, or whoever sits at a console that asks nobody to sign in. */
export type Principal =
  /** `sessionId`: by which session; null where a proxy vouches for them. */
  | { kind: 'user'; id: string; name: string; role: Role; sessionId: string | null }
  | { kind: 'api-key'; id: string; name: string; scopes: readonly Scope[] }
  | { kind: 'anyone' }
  /** Who can read the installation's secret key, and so everything else: a command of the command line. */
  | { kind: 'command-line' }

/** The name of whoever sits at a console without sign-in: the domain's own word for them. */
export const NAMELESS_OPERATOR = 'operator'

/** Whether the principal has the permission; a console without sign-in has only administrators, and whoever holds the secret key is one. */
export function may(principal: Principal, permission: Permission): boolean {
  switch (principal.kind) {
    case 'user':
      return roleMay(principal.role, permission)
    case 'api-key':
      return scopesMay(principal.scopes, permission)
    case 'anyone':
    case 'command-line':
      return true
  }
}
