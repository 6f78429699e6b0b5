'use client'

import { useMutation } from '@tanstack/react-query'
import type { UseFormReturn } from 'react-hook-form'
import { useFormSave } from '#components/settings/use-form-save.ts'
import { alertMutations, type SavedChannel } from '#lib/client/alert-mutations.ts'
import { alertQueries } from '#lib/client/alert-queries.ts'
import type { ChannelState } from '#lib/contract/channel.ts'
import {
  type ChannelForm,
  channelForm,
  createChannelInput,
  patchChannelInput,
} from '#lib/view/channel-form.ts'

/** Saves the form: a new channel whole, a stored one by its changes. */
export function useSaveChannel(form: UseFormReturn<ChannelForm>, stored: ChannelState | null) {
  const create = useMutation(alertMutations.createChannel())
  const patch = useMutation(alertMutations.patchChannel(stored?.id ?? ''))
  return useFormSave<ChannelForm, SavedChannel>(form, {
    send: (values) =>
      stored === null
        ? create.mutateAsync(createChannelInput(values))
        : patch.mutateAsync(patchChannelInput(values, channelForm(stored), stored.version)),
    inForce: stored && alertQueries.channel(stored.id),
  })
}
