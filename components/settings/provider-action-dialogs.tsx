'use client'

import { useMutation } from '@tanstack/react-query'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { TrafficEffects } from '#components/circuits/traffic-effects.tsx'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { mutations } from '#lib/client/mutations.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { DeleteDialog } from './delete-dialog.tsx'

/** What is about to be done to a provider. */
export type ProviderAction = { type: 'enable' | 'disable' | 'delete'; provider: ProviderConfig }

type Props = { action: ProviderAction | null; onClose: () => void; onDeleted?: () => void }

/** Asks before a provider is enabled, disabled or deleted. */
export function ProviderActionDialogs({ action, onClose, onDeleted }: Props) {
  if (action === null) return null
  return action.type === 'delete' ? (
    <DeleteProvider provider={action.provider} onClose={onClose} onDeleted={onDeleted} />
  ) : (
    <EnableDialog provider={action.provider} onClose={onClose} />
  )
}

type DialogProps = { provider: ProviderConfig; onClose: () => void; onDeleted?: (() => void) | undefined }

function EnableDialog({ provider, onClose }: DialogProps) {
  const { name, enabled, version } = provider
  const update = useMutation(mutations.updateProvider(provider.id))
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`${enabled ? 'Disable' : 'Enable'} ${name}`}
      description={
        enabled
          ? 'It is not checked any more, gets no traffic, and leaves the statistics. Its history and settings stay.'
          : 'Its checks begin at once; it gets its share of the traffic again.'
      }
      action={enabled ? 'Disable' : 'Enable'}
      pendingAction={enabled ? 'Disabling…' : 'Enabling…'}
      pending={update.isPending}
      error={update.error}
      onAction={() =>
        update.mutate(
          { expectedVersion: version, enabled: !enabled },
          {
            onSuccess: ({ persisted }) => {
              toasts.add({
                title: `${name} is ${enabled ? 'disabled' : 'enabled'}`,
                description: persistedNote(persisted),
              })
              onClose()
            },
          },
        )
      }
    >
      <TrafficEffects providerId={provider.id} change={enabled ? 'leaves' : 'returns'} />
    </ActionDialog>
  )
}

function DeleteProvider({ provider: { id, name }, onClose, onDeleted }: DialogProps) {
  const remove = useMutation(mutations.deleteProvider(id))
  return (
    <DeleteDialog
      what={name}
      effect={`Its checks end, its key, circuits and thresholds are gone for good. Its history stays under “${id}”.`}
      done={`${name} is deleted`}
      typed={{ name }}
      remove={remove}
      onClose={onClose}
      onDeleted={onDeleted}
    >
      <TrafficEffects providerId={id} change="leaves" />
    </DeleteDialog>
  )
}
