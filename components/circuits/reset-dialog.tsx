'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { mutations } from '#lib/client/mutations.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { resetCircuitSchema, type ResetCircuit } from '#lib/contract/circuit.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { inWords } from '#lib/view/format.ts'
import { AutomaticState } from './automatic-state.tsx'
import { TrafficEffects } from './traffic-effects.tsx'
import { circuitName, persistedNote, type CircuitDialogProps } from './circuit-dialog-props.ts'

/** Starts a circuit anew, half-open unless told otherwise. */
export function ResetDialog(props: CircuitDialogProps) {
  return props.open ? <OpenResetDialog {...props} /> : null
}

function OpenResetDialog({ address, name, circuit, open, onOpenChange }: CircuitDialogProps) {
  const [to, setTo] = useState<ResetCircuit['to']>('half_open')
  const [reason, setReason] = useState('')
  const command = useMutation(mutations.resetCircuit(address))
  const { errors, send } = useCheckedSend(resetCircuitSchema, command.mutate)
  const fullName = circuitName(address, name)

  const submit = () =>
    send(
      { to, reason },
      {
        onSuccess: ({ persisted }) => {
          toasts.add({
            title: `${fullName} was reset to ${inWords(to)}`,
            description: persistedNote(persisted),
          })
          onOpenChange(false)
        },
      },
    )

  return (
    <ActionDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Reset ${fullName}`}
      description="Clears its window, its counts and its cooling. The reset is recorded as a transition."
      action={`Reset to ${inWords(to)}`}
      pendingAction="Resetting…"
      pending={command.isPending}
      onAction={submit}
      error={command.error}
      errorDetails={homelessErrors(errors, ['reason'])}
    >
      <AutomaticState circuit={circuit} />
      {circuit.state === 'closed' && (
        <Notice tone="info" title="This circuit is closed: it admits every call now">
          <p>
            Half-open would hold it to a few trials at a time until they succeed. Closed only clears its
            counts.
          </p>
        </Notice>
      )}
      <ChoiceGroup
        label="Reset to"
        layout="cards"
        value={to}
        onValueChange={setTo}
        choices={[
          {
            value: 'half_open',
            label: 'Half-open',
            note: 'A few trial calls decide: it closes when they succeed and opens again when one fails.',
          },
          {
            value: 'closed',
            label: 'Closed',
            note: `All calls go to ${fullName} at once, ramped up as after a recovery. Right only when it is known to work.`,
          },
        ]}
      />
      {address.model === null && circuit.state === 'open' && to === 'closed' && (
        <TrafficEffects providerId={address.providerId} change="returns" />
      )}
      <ReasonField value={reason} onValueChange={setReason} error={errors['reason']} />
    </ActionDialog>
  )
}
