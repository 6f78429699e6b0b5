import '@fontsource-variable/inter'
import './globals.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { SessionProvider } from '#components/session/session-provider.tsx'
import { AppShell } from '#components/shell/app-shell.tsx'
import { QueryProvider } from '#components/shell/query-provider.tsx'
import { RenderTime } from '#components/shell/render-time.tsx'
import { getQueryClient } from '#lib/client/query-client.ts'
import { NONCE_HEADER } from '#lib/server/content-security-policy.ts'
import { prefetchFleet } from './prefetch-fleet.ts'
import { prefetchWho } from './prefetch-who.ts'
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

export default async function RootLayout({ children }: { children: ReactNode }) {
  const asked = new Headers(await headers())
  const nonce = asked.get(NONCE_HEADER) ?? undefined
  const client = getQueryClient()
  // The sign-in page has this frame, too, and must tell nothing of the fleet.
  const fleet = (await prefetchWho(client, asked)) ? prefetchFleet(client) : null
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Browsers hide a nonce from the page, so that what React finds is never what the server wrote. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        {/* Its one style element is in globals.css: elements with styles are not allowed. */}
        <CSPProvider disableStyleElements>
          <QueryProvider>
            <RenderTime at={renderedAt(fleet)}>
              <HydrationBoundary state={dehydrate(client)}>
                <SessionProvider>
                  <AppShell>{children}</AppShell>
                </SessionProvider>
              </HydrationBoundary>
            </RenderTime>
          </QueryProvider>
        </CSPProvider>
      </body>
    </html>
  )
}
