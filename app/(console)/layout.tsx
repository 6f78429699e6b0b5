import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { RenderTime } from '#components/shell/render-time.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { prefetchFleet } from './prefetch-fleet.ts'
import { renderedAt } from './rendered-at.ts'

/** The frame of every page that shows the fleet; it stands only before who has been let in. */
export default function ConsoleLayout({ children }: { children: ReactNode }) {
  const client = getQueryClient()
  const fleet = prefetchFleet(client)
  return (
    <RenderTime at={renderedAt(fleet)}>
      <HydrationBoundary state={dehydrate(client)}>
        <AppShell>{children}</AppShell>
      </HydrationBoundary>
    </RenderTime>
  )
}
