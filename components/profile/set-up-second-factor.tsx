'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { profileMutations } from '#lib/client/profile-queries.ts'
import type { AccountView } from '#lib/contract/account.ts'
import { ConfirmCodeDialog } from './confirm-code-dialog.tsx'
import { OwnPasswordDialog } from './own-password-dialog.tsx'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'

type Props = { account: AccountView; onClose: () => void }

/** Sets up a second factor in three steps: the password, the app's first code, and the recovery codes to keep. */
export function SetUpSecondFactor({ account, onClose }: Props) {
  const begin = useMutation(profileMutations.beginSecondFactor())
  const [isConfirmed, setConfirmed] = useState(false)
  if (begin.data === undefined)
    return (
      <OwnPasswordDialog
        title="Set up a second factor"
        description="You need an authenticator app, such as the one in your password manager."
        action="Continue"
        pendingAction="Asking…"
        pending={begin.isPending}
        error={begin.error}
        onClose={onClose}
        send={(given, { onError }) => begin.mutate(given, { onError })}
      />
    )
  const { uri, recoveryCodes } = begin.data
  if (!isConfirmed)
    return <ConfirmCodeDialog uri={uri} onConfirmed={() => setConfirmed(true)} onClose={onClose} />
  return <RecoveryCodesDialog codes={recoveryCodes} account={account.email} onClose={onClose} />
}
