'use client'

import dynamic from 'next/dynamic'
import { LatePart } from '#components/ui/late-part.tsx'
import { useAccount } from '#lib/client/session.ts'

// A console that nobody signs in to does without its code.
const AccountMenu = dynamic(async () => (await import('./account-menu.tsx')).AccountMenu)

/** The menu of who is signed in; nothing where nobody signs in. */
export function AccountPlace() {
  const account = useAccount()
  return (
    account && (
      <LatePart>
        <AccountMenu account={account} />
      </LatePart>
    )
  )
}
