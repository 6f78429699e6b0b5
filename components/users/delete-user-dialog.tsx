'use client'

import { useMutation } from '@tanstack/react-query'
import { DeleteDialog } from '#components/settings/delete-dialog.tsx'
import { userMutations } from '#lib/client/user-queries.ts'
import type { UserDialogProps } from './user-dialogs.tsx'

/** Deletes somebody, once their name is typed. */
export function DeleteUserDialog({ account: { id, name }, onClose }: UserDialogProps) {
  const remove = useMutation(userMutations.delete(id))
  return (
    <DeleteDialog
      what={name}
      effect="They are signed out everywhere at once. What they did stays in the audit under their name. To keep them out for a while, disable them instead."
      done={`${name} is deleted`}
      typed={{ name, as: 'them' }}
      remove={remove}
      onClose={onClose}
    />
  )
}
