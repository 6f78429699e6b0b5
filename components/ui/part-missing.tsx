'use client'

import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

/** Says that a part of the page could not be loaded, and offers to load the page again. */
export function PartMissing({ what }: { what: string }) {
  return (
    <Notice tone="warn" title={`${what} could not be loaded`}>
      <p>The console did not answer just then. What else is on this page stands as it is.</p>
      <Button size="small" onClick={() => window.location.reload()}>
        Reload the page
      </Button>
    </Notice>
  )
}
