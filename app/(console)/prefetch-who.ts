import type { QueryClient } from '@tanstack/react-query'
import { whoQuery } from '#lib/client/who-query.ts'
import { may } from '#lib/domain/access/principal.ts'
import { clientOfPage } from '#lib/server/access/client-header.ts'
import { readWho } from '#lib/server/access/read-who.ts'
import { heldRuntime } from '#lib/server/runtime.ts'

/** What is known of a user is remembered; where it has to be read, a slow database holds the page back no longer. */
const PATIENCE_MS = 250

/** Puts who is there into the first paint, if that is at hand; returns whether they may see the fleet. */
export async function prefetchWho(client: QueryClient, headers: Headers): Promise<boolean> {
  const runtime = heldRuntime()
  if (runtime === null) return false
  const { access } = runtime
  const visitor = clientOfPage(headers)
  const principal = await access.identify(headers, visitor).catch(() => null)
  const who = await Promise.race([
    readWho(access, { headers, client: visitor }).catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null)),
  ])
  if (who !== null) client.setQueryData(whoQuery().queryKey, who)
  return principal !== null && may(principal, 'console.read')
}
