import '@fontsource-variable/inter'
import './globals.css'
import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { QueryProvider } from '#components/shell/query-provider.tsx'
import { RenderTime } from '#components/shell/render-time.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { prefetchFleet } from './prefetch-fleet.ts'
import { renderedAt } from './rendered-at.ts'
import { THEME_SCRIPT } from './theme-script.ts'

export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: 'Switchyard', template: '%s · Switchyard' },
  description: 'The control room for LLM providers.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0f14' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  const client = getQueryClient()
  const fleet = prefetchFleet(client)
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <QueryProvider>
          <RenderTime at={renderedAt(fleet)}>
            <HydrationBoundary state={dehydrate(client)}>
              <AppShell>{children}</AppShell>
            </HydrationBoundary>
          </RenderTime>
        </QueryProvider>
      </body>
    </html>
  )
}
