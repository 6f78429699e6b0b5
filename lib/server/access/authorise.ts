import { may, type Principal } from '#lib/domain/access/principal.ts'
import { LEAST_ROLE, type Permission } from '#lib/domain/access/roles.ts'
import { AppError } from '#lib/domain/errors.ts'

/** The one place where a permission is asked for: throws `unauthenticated` for nobody, `forbidden` with the role that may. */
export function authorise(principal: Principal | null, permission: Permission): Principal {
  if (principal === null) throw new AppError('unauthenticated', 'Sign in, or send an API key.')
  if (may(principal, permission)) return principal
  const who = principal.kind === 'api-key' ? 'This key' : 'Your role'
  throw new AppError('forbidden', `${who} may not do this: it needs the permission ${permission}.`, {
    facts: { permission, leastRole: LEAST_ROLE[permission] },
  })
}
