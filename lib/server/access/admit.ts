import { type Author, authorOf } from '#lib/domain/access/author.ts'
import type { Principal } from '#lib/domain/access/principal.ts'
import type { Operation } from '../operation.ts'
import { toAppError } from '../problem.ts'
import type { Runtime } from '../runtime.ts'
import { authorise } from './authorise.ts'
import type { Client } from './client.ts'

/** Who is let through to a call, and as whom what they do is remembered. */
export type Admitted = { principal: Principal | null; author: Author }

type Asking = { request: Request; client: Client; requestId: string }

/**
 * Lets who asks through to the operation, or throws `unauthenticated` or `forbidden`; the audit hears of a refusal,
 * unless somebody has only not signed in.
 */
export async function admit(
  { access, refusals }: Pick<Runtime, 'access' | 'refusals'>,
  operation: Operation,
  { request, client, requestId }: Asking,
): Promise<Admitted> {
  const identify = () => access.identify(request.headers, client)
  const from = { address: client.address, requestId }
  if (operation.access === 'everyone') {
    // What is everyone's is answered also when nobody can be told from another.
    const principal = await identify().catch(() => null)
    return { principal, author: authorOf(principal, from) }
  }
  let principal: Principal | null = null
  try {
    principal = await identify()
    authorise(principal, operation.access)
    return { principal, author: authorOf(principal, from) }
  } catch (thrown) {
    const { code, message } = toAppError(thrown)
    const isRefused = code === 'forbidden' || (code === 'unauthenticated' && shows(request.headers))
    if (isRefused)
      refusals.hear({
        author: authorOf(principal, from),
        call: `${operation.method} ${operation.path}`,
        path: new URL(request.url).pathname,
        why: message,
      })
    throw thrown
  }
}

const shows = (headers: Headers) => headers.has('authorization')
