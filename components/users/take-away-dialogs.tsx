'use client'

import { useMutation } from '@tanstack/react-query'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { userMutations } from '#lib/client/user-queries.ts'
import type { UserDialogProps } from './user-dialogs.tsx'

/** Asks before somebody's second factor is taken away, as for one whose telephone is lost. */
export function RemoveSecondFactorDialog({ account: { id, name }, onClose }: UserDialogProps) {
  const remove = useMutation(userMutations.removeSecondFactor(id))
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Take the second factor of ${name} away`}
      description="From then on their password alone lets them in, until they set another one up. Be sure that it is they who ask."
      action="Take away"
      pendingAction="Taking away…"
      danger
      pending={remove.isPending}
      error={remove.error}
      onAction={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            toasts.add({ title: `${name} has no second factor any more` })
            onClose()
          },
        })
      }
    />
  )
}

/** Asks before somebody is signed out everywhere. */
export function EndUserSessionsDialog({ account: { id, name }, onClose }: UserDialogProps) {
  const end = useMutation(userMutations.endSessions(id))
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`End all sessions of ${name}`}
      description="They must sign in again in every browser. To keep them out, disable them instead."
      action="End them"
      pendingAction="Ending…"
      pending={end.isPending}
      error={end.error}
      onAction={() =>
        end.mutate(undefined, {
          onSuccess: () => {
            toasts.add({ title: `${name} is signed out everywhere` })
            onClose()
          },
        })
      }
    />
  )
}
