'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { giveUpDrafts, hasDrafts } from '#lib/client/drafts.ts'
import { useAccount, useSession } from '#lib/client/session.ts'
import { signInMutations } from '#lib/client/sign-in-mutations.ts'
import { whoQuery } from '#lib/client/who-query.ts'
import styles from './session-dialog.module.css'

const load = () => {
  giveUpDrafts()
  window.location.reload()
}

/** Says that the page was another user's: it is loaded anew, at once where nothing written on it would be lost. */
export function SomeoneElse() {
  const client = useQueryClient()
  const { owner } = useSession()
  const account = useAccount()
  const signOut = useMutation(signInMutations.signOut())
  const askWho = () => void client.refetchQueries({ queryKey: whoQuery().queryKey })
  useEffect(() => {
    if (!hasDrafts()) load()
  }, [])
  return (
    <div className={styles.form}>
      <header>
        <h2 id="session-title" className={styles.title}>
          Signed in as {account?.name}
        </h2>
        <p className={styles.words}>
          This page was opened by {owner?.name}. What {owner?.name} has written on it and not saved is lost
          when it is loaded for {account?.name}.
        </p>
      </header>
      {signOut.error !== null && <RequestNotice error={signOut.error} title="Still signed in" />}
      <div className={styles.foot}>
        <Button
          pending={signOut.isPending}
          pendingLabel="Signing out…"
          onClick={() => signOut.mutate(undefined, { onSuccess: askWho })}
        >
          Let {owner?.name} sign in
        </Button>
        <Button variant="danger" onClick={load}>
          Load the page
        </Button>
      </div>
    </div>
  )
}
