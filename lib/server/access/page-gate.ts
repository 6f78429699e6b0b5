import { may, type Principal } from '#lib/domain/access/principal.ts'
import { isAppError } from '#lib/domain/errors.ts'
import type { Client } from './client.ts'
import type { Access } from './access.ts'

/** Pages for who has not signed in yet. */
export const SIGN_IN_PAGE = '/sign-in'
export const SET_UP_PAGE = '/set-up'

/** What every page is made of, which tells nothing of the fleet. */
const isFile = (path: string) => path.startsWith('/_next/') || /^\/[^/]+\.(svg|ico|png|txt)$/.test(path)

type Visitor = { headers: Headers; client: Client; path: string; search: string }

/**
 * Where a browser is sent that may not see the page it asks for; null when it may. What a page shows of the fleet is
 * every role's to see; what is not comes by calls, which ask for their own permission.
 */
export async function gatePage({ desk, identify }: Access, visitor: Visitor): Promise<string | null> {
  const { headers, client, path, search } = visitor
  if (isFile(path)) return null
  const isEntrance = path === SIGN_IN_PAGE || path === SET_UP_PAGE
  if (desk === null || mayRead(await identify(headers, client).catch(strangerOf)))
    return isEntrance ? '/' : null
  const page = (await desk.isSetUp()) ? SIGN_IN_PAGE : SET_UP_PAGE
  if (path === page) return null
  return isEntrance || page === SET_UP_PAGE ? page : withNext(page, path + search)
}

/** The page, which goes on to the one that was asked for; the overview needs no word. */
const withNext = (page: string, asked: string): string =>
  asked === '/' ? page : `${page}?${new URLSearchParams({ next: asked }).toString()}`

const mayRead = (principal: Principal | null) => principal !== null && may(principal, 'console.read')

/** Whoever shows a key that is not known is a stranger; that it cannot be told is another matter. */
function strangerOf(error: unknown): null {
  if (isAppError(error) && error.code === 'unauthenticated') return null
  throw error
}
