import type { Principal } from '#lib/domain/access/principal.ts'
import { AppError, notFound } from '#lib/domain/errors.ts'
import type { Desk, Visit } from '#lib/services/access/desk.ts'
import type { Owner } from '#lib/services/access/profile.ts'
import type { Call } from '../http.ts'
import type { Operation } from '../operation.ts'

type AnyCall = Pick<Call<Operation>, 'runtime' | 'request' | 'client' | 'author' | 'principal'>

/** The desk, and who stands before it. Throws `not_found` where nobody is asked to sign in. */
export function visitOf({ runtime, request, client, author }: AnyCall): { desk: Desk; visit: Visit } {
  const { desk } = runtime.access
  if (desk === null) throw notFound('sign-in', 'here')
  const { headers } = request
  const browser = {
    cookie: headers.get('cookie'),
    address: client.address,
    userAgent: headers.get('user-agent'),
  }
  return { desk, visit: { browser, author, isFromHere: client.isLocal } }
}

/** Whose profile it is. Throws `forbidden` for who is no user. */
export function ownerOf(principal: Principal | null): Owner {
  if (principal?.kind === 'user') return { id: principal.id, sessionId: principal.sessionId }
  throw new AppError('forbidden', 'Only somebody who has signed in has a profile.')
}
