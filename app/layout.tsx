import '@fontsource-variable/inter'
import './globals.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { QueryProvider } from '#components/shell/query-provider.tsx'
import { NONCE_HEADER } from '#lib/server/content-security-policy.ts'
import { THEME_SCRIPT } from './theme-script.ts'

/** The letters of every page come with its head, before anything is painted; those of other scripts when they are met. */
const latin = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-latin',
  // globals.css has one, behind the other scripts.
  adjustFontFallback: false,
})

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

/** The document of every page. Nothing of the fleet may be in it: it also stands before who has not signed in. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined
  return (
    <html lang="en" className={latin.variable} suppressHydrationWarning>
      <head>
        {/* Browsers hide a nonce from the page, so that what React finds is never what the server wrote. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        {/* Its one style element is in globals.css: elements with styles are not allowed. */}
        <CSPProvider disableStyleElements>
          <QueryProvider>{children}</QueryProvider>
        </CSPProvider>
      </body>
    </html>
  )
}
