'use client'

import { useMutation } from '@tanstack/react-query'
import { toasts } from '#components/ui/toasts.ts'
import { profileMutations } from '#lib/client/profile-queries.ts'
import { OwnPasswordDialog } from './own-password-dialog.tsx'

/** Takes the own second factor away. */
export function EndSecondFactorDialog({ onClose }: { onClose: () => void }) {
  const end = useMutation(profileMutations.endSecondFactor())
  return (
    <OwnPasswordDialog
      title="Take the second factor away"
      description="From then on the password alone lets in. The recovery codes are worth nothing any more."
      action="Take away"
      pendingAction="Taking away…"
      danger
      pending={end.isPending}
      error={end.error}
      onClose={onClose}
      send={(given, { onError }) =>
        end.mutate(given, {
          onError,
          onSuccess: () => {
            toasts.add({ title: 'The second factor is taken away' })
            onClose()
          },
        })
      }
    />
  )
}
