'use client'

import { useMutation } from '@tanstack/react-query'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { profileMutations } from '#lib/client/profile-queries.ts'
import { plural } from '#lib/view/format.ts'

/** Asks before every other browser is signed out. */
export function EndOtherSessionsDialog({ others, onClose }: { others: number; onClose: () => void }) {
  const end = useMutation(profileMutations.endOtherSessions())
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title="End all other sessions"
      description={`${plural(others, 'other browser')} must sign in again; this one stays. Did somebody else get in, change your password instead: that ends them too.`}
      action="End them"
      pendingAction="Ending…"
      pending={end.isPending}
      error={end.error}
      onAction={() =>
        end.mutate(undefined, {
          onSuccess: () => {
            toasts.add({ title: 'Every other browser is signed out' })
            onClose()
          },
        })
      }
    />
  )
}
