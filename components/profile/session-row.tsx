'use client'

import { useMutation } from '@tanstack/react-query'
import styles from '#components/settings/list-panel.module.css'
import { RowHead } from '#components/settings/row-head.tsx'
import { Button } from '#components/ui/button.tsx'
import { Time } from '#components/ui/time.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { profileMutations } from '#lib/client/profile-queries.ts'
import { signInMutations } from '#lib/client/sign-in-mutations.ts'
import type { SignInSessionView } from '#lib/contract/account.ts'
import { browserWords } from '#lib/view/browser-words.ts'
import { loadPage } from '#lib/client/load-page.ts'
import { NOTHING } from '#lib/view/format.ts'

/** One browser in which one is signed in. */
export function SessionRow({ session }: { session: SignInSessionView }) {
  const { address, createdAt, expiresAt, isCurrent, userAgent } = session
  return (
    <tr data-actions="words">
      <RowHead name={browserWords(userAgent)} title={userAgent ?? undefined}>
        {isCurrent ? (
          <b>this browser</b>
        ) : (
          <>
            until <Time at={expiresAt} show="full" />
          </>
        )}
      </RowHead>
      <td data-label="Address">{address ?? NOTHING}</td>
      <td data-label="Since">
        <Time at={createdAt} show="full" />
      </td>
      <td className={styles.actions}>{isCurrent ? <SignOutButton /> : <EndButton session={session} />}</td>
    </tr>
  )
}

function SignOutButton() {
  const signOut = useMutation(signInMutations.signOut())
  return (
    <Button
      variant="quiet"
      size="small"
      pending={signOut.isPending || signOut.isSuccess}
      pendingLabel="Signing out…"
      onClick={() =>
        signOut.mutate(undefined, {
          onSuccess: () => loadPage('/sign-in'),
          onError: ({ message }) => toasts.add({ title: 'You are still signed in', description: message }),
        })
      }
    >
      Sign out
    </Button>
  )
}

function EndButton({ session: { id, userAgent } }: { session: SignInSessionView }) {
  const end = useMutation(profileMutations.endSession(id))
  const words = browserWords(userAgent)
  return (
    <Button
      variant="quiet"
      size="small"
      aria-label={`End the session of ${words}`}
      pending={end.isPending}
      pendingLabel="Ending…"
      onClick={() =>
        end.mutate(undefined, {
          onSuccess: () => toasts.add({ title: `${words} is signed out` }),
          onError: ({ message }) =>
            toasts.add({ title: `${words} is still signed in`, description: message }),
        })
      }
    >
      End
    </Button>
  )
}
