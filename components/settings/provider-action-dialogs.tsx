'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { TrafficEffects } from '#components/circuits/traffic-effects.tsx'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { mutations } from '#lib/client/mutations.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { reasonSchema } from '#lib/contract/settings.ts'

/** What is about to be done to a provider. */
export type ProviderAction = { type: 'enable' | 'disable' | 'delete'; provider: ProviderConfig }

type Props = { action: ProviderAction | null; onClose: () => void; onDeleted?: () => void }

/** Asks before a provider is enabled, disabled or deleted. */
export function ProviderActionDialogs({ action, onClose, onDeleted }: Props) {
  if (action === null) return null
  return action.type === 'delete' ? (
    <DeleteDialog provider={action.provider} onClose={onClose} {...(onDeleted ? { onDeleted } : {})} />
  ) : (
    <EnableDialog provider={action.provider} onClose={onClose} />
  )
}

type DialogProps = { provider: ProviderConfig; onClose: () => void; onDeleted?: () => void }

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

function DeleteDialog({ provider, onClose, onDeleted }: DialogProps) {
  const { id, name } = provider
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<{ typed?: string; reason?: string }>({})
  const remove = useMutation(mutations.deleteProvider(id))

  const submit = () => {
    if (typed.trim() !== name) return setError({ typed: `not the name: ${name}` })
    const given = reason.trim() === '' ? {} : { reason }
    const complaint = 'reason' in given ? reasonSchema.safeParse(reason).error?.issues[0]?.message : undefined
    if (complaint !== undefined) return setError({ reason: complaint })
    setError({})
    remove.mutate(given, {
      onSuccess: ({ persisted }) => {
        toasts.add({ title: `${name} is deleted`, description: persistedNote(persisted) })
        onClose()
        onDeleted?.()
      },
    })
  }

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title={`Delete ${name}`}
      description={`Its checks end, its key, circuits and thresholds are gone for good. Its history stays under “${id}”.`}
      action="Delete"
      pendingAction="Deleting…"
      danger
      pending={remove.isPending}
      error={remove.error}
      onAction={submit}
    >
      <TrafficEffects providerId={id} change="leaves" />
      <Field label={`Type ${name} to delete it`} error={error.typed}>
        <TextInput value={typed} spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <ReasonField value={reason} onValueChange={setReason} error={error.reason} optional />
    </ActionDialog>
  )
}
