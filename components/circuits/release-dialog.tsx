'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { mutations } from '#lib/client/mutations.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { releaseOverrideSchema } from '#lib/contract/circuit.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { releaseEffect } from '#lib/view/override-form.ts'
import { AutomaticState } from './automatic-state.tsx'
import { TrafficEffects } from './traffic-effects.tsx'
import { circuitName, persistedNote, type CircuitDialogProps } from './circuit-dialog-props.ts'

/** Ends an override now; the automatic state rules again. */
export function ReleaseDialog(props: CircuitDialogProps) {
  return props.open ? <OpenReleaseDialog {...props} /> : null
}

function OpenReleaseDialog({ address, name, circuit, open, onOpenChange }: CircuitDialogProps) {
  const [reason, setReason] = useState('')
  const command = useMutation(mutations.releaseOverride(address))
  const { errors, send } = useCheckedSend(releaseOverrideSchema, command.mutate)
  const fullName = circuitName(address, name)

  const submit = () =>
    send(reason.trim() === '' ? {} : { reason }, {
      onSuccess: ({ persisted }) => {
        toasts.add({
          title: `The override of ${fullName} is released`,
          description: persistedNote(persisted),
        })
        onOpenChange(false)
      },
    })

  return (
    <ActionDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Release ${fullName} now`}
      description={releaseEffect(fullName, circuit)}
      action="Release now"
      pendingAction="Releasing…"
      pending={command.isPending}
      disabled={circuit.override === null}
      onAction={submit}
      error={command.error}
      errorDetails={homelessErrors(errors, ['reason'])}
    >
      <AutomaticState circuit={circuit} />
      {address.model === null && circuit.override?.mode === 'forced_open' && circuit.state === 'closed' && (
        <TrafficEffects providerId={address.providerId} change="returns" />
      )}
      <ReasonField value={reason} onValueChange={setReason} error={errors['reason']} optional />
    </ActionDialog>
  )
}
