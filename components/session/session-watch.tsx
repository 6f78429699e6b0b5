'use client'

import dynamic from 'next/dynamic'
import { LatePart } from '#components/ui/late-part.tsx'
import { useSession } from '#lib/client/session.ts'

// Most pages never need it.
const SessionDialog = dynamic(async () => (await import('./session-dialog.tsx')).SessionDialog, {
  ssr: false,
})

/** Asks, over whatever is on the page, once its session is over or somebody else's. */
export function SessionWatch() {
  const { question } = useSession()
  if (question === null) return null
  return (
    <LatePart>
      <SessionDialog question={question} />
    </LatePart>
  )
}
