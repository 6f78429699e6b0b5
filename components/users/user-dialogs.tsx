'use client'

import type { AccountView } from '#lib/contract/account.ts'
import { ChangeUserDialog } from './change-user-dialog.tsx'
import { DeleteUserDialog } from './delete-user-dialog.tsx'
import { EndUserSessionsDialog, RemoveSecondFactorDialog } from './take-away-dialogs.tsx'
import { SetPasswordDialog } from './set-password-dialog.tsx'

/** What is about to be done with a user. */
export type UserAction = {
  type: 'change' | 'password' | 'second-factor' | 'sessions' | 'delete'
  account: AccountView
}

/** What every dialog about one user needs. */
export type UserDialogProps = { account: AccountView; onClose: () => void }

const DIALOGS = {
  change: ChangeUserDialog,
  password: SetPasswordDialog,
  'second-factor': RemoveSecondFactorDialog,
  sessions: EndUserSessionsDialog,
  delete: DeleteUserDialog,
}

/** The dialog for what is about to be done with a user; none while there is nothing. */
export function UserDialogs({ action, onClose }: { action: UserAction | null; onClose: () => void }) {
  if (action === null) return null
  const Dialog = DIALOGS[action.type]
  return <Dialog account={action.account} onClose={onClose} />
}
