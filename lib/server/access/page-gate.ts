import { may } from '#lib/domain/access/principal.ts'
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
export async function gatePage(
  { desk, identify }: Access,
  { headers, client, path, search }: Visitor,
): Promise<string | null> {
  if (isFile(path)) return null
  if (desk === null) return path === SIGN_IN_PAGE || path === SET_UP_PAGE ? '/' : null
  const principal = await identify(headers, client).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'unauthenticated') return null
    throw error
  })
  const isIn = principal !== null && may(principal, 'console.read')
  if (isIn) return path === SIGN_IN_PAGE || path === SET_UP_PAGE ? '/' : null
  const page = (await desk.isSetUp()) ? SIGN_IN_PAGE : SET_UP_PAGE
  if (path === page) return null
  if (page === SET_UP_PAGE || path === '/' || path === SET_UP_PAGE) return page
  return `${page}?${new URLSearchParams({ next: path + search }).toString()}`
}
