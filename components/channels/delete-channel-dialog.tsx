'use client'

import { useMutation } from '@tanstack/react-query'
import { DeleteDialog } from '#components/settings/delete-dialog.tsx'
import { alertMutations } from '#lib/client/alert-mutations.ts'
import type { ChannelState } from '#lib/contract/channel.ts'
import { plural } from '#lib/view/format.ts'

type Props = { channel: ChannelState; onClose: () => void; onDeleted?: () => void }

/** Asks before a channel is deleted, and says what is given up with it. */
export function DeleteChannelDialog({ channel, onClose, onDeleted }: Props) {
  const remove = useMutation(alertMutations.deleteChannel(channel.id))
  const { waiting } = channel.health
  const lost = waiting === 0 ? '' : ` ${plural(waiting, 'notification')} that wait for it are given up.`
  return (
    <DeleteDialog
      what={`channel ${channel.name}`}
      effect={`Nobody is told by it any more, and its secrets are gone for good.${lost}`}
      done={`Deleted: channel ${channel.name}`}
      remove={remove}
      onClose={onClose}
      onDeleted={onDeleted}
    />
  )
}
