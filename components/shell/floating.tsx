'use client'

import dynamic from 'next/dynamic'
import { LatePart } from '#components/ui/late-part.tsx'
import { Overlays } from './overlays.tsx'
import { useShortcuts } from './use-shortcuts.ts'

const Toaster = dynamic(() => import('#components/ui/toaster.tsx').then(({ Toaster }) => Toaster), {
  ssr: false,
})

/** What floats over every page: keys, palette, help, toasts. */
export function Floating() {
  useShortcuts()
  return (
    <>
      <LatePart>
        <Overlays />
      </LatePart>
      <LatePart>
        <Toaster />
      </LatePart>
    </>
  )
}
