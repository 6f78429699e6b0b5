'use client'

import { LatePart } from '#components/ui/late-part.tsx'
import { LateToaster } from './late-toaster.tsx'
import { Overlays } from './overlays.tsx'
import { useShortcuts } from './use-shortcuts.ts'

/** What floats over every page: keys, palette, help, toasts. */
export function Floating() {
  useShortcuts()
  return (
    <>
      <LatePart>
        <Overlays />
      </LatePart>
      <LatePart>
        <LateToaster />
      </LatePart>
    </>
  )
}
