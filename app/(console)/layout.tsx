import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { SessionProvider } from '#components/session/session-provider.tsx'
import { AppShell } from '#components/shell/app-shell.tsx'
import { RenderTime } from '#components/shell/render-time.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { prefetchFleet } from './prefetch-fleet.ts'
import { prefetchOpenIncidents } from './prefetch-incidents.ts'
import { prefetchWho } from './prefetch-who.ts'
import { renderedAt } from './rendered-at.ts'

/** The frame of every page that shows the fleet; it stands only before who has been let in. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const client = getQueryClient()
  const maySee = await prefetchWho(client, new Headers(await headers()))
  const fleet = maySee ? prefetchFleet(client) : null
  if (maySee) prefetchOpenIncidents(client)
  return (
    <RenderTime at={renderedAt(fleet)}>
      <HydrationBoundary state={dehydrate(client)}>
        <SessionProvider>
          <AppShell>{children}</AppShell>
        </SessionProvider>
      </HydrationBoundary>
    </RenderTime>
  )
}
