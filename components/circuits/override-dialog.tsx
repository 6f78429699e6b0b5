'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { mutations } from '#lib/client/mutations.ts'
import { serverNow } from '#lib/client/clock.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { setOverrideSchema } from '#lib/contract/circuit.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { EMPTY_OVERRIDE_FORM, overrideRequest, type OverrideForm } from '#lib/view/override-form.ts'
import { circuitName, persistedNote, type CircuitDialogProps } from './circuit-dialog-props.ts'
import { OverrideFields } from './override-fields.tsx'

const ACTIONS = {
  forced_open: { label: 'Force open', pending: 'Forcing open…', done: 'is forced open' },
  forced_closed: { label: 'Force closed', pending: 'Forcing closed…', done: 'is forced closed' },
  shadow: { label: 'Put in shadow', pending: 'Putting in shadow…', done: 'is in shadow' },
} as const

/** Lays an operator's decision over a circuit, with a reason and an end. */
export function OverrideDialog(props: CircuitDialogProps) {
  // Mounted anew for each opening, so that a cancelled draft is gone.
  return props.open ? <OpenOverrideDialog {...props} /> : null
}

function OpenOverrideDialog({ address, name, circuit, open, onOpenChange }: CircuitDialogProps) {
  const { zone } = useZone()
  const [form, setForm] = useState<OverrideForm>(EMPTY_OVERRIDE_FORM)
  const command = useMutation(mutations.setOverride(address))
  const { errors, send } = useCheckedSend(setOverrideSchema, command.mutate)
  const fullName = circuitName(address, name)
  const action = ACTIONS[form.mode]
  const needsConfirm = 'confirm' in errors || form.confirm !== ''

  const submit = () =>
    send(overrideRequest(form, serverNow(), zone), {
      onSuccess: ({ persisted }) => {
        toasts.add({ title: `${fullName} ${action.done}`, description: persistedNote(persisted) })
        onOpenChange(false)
      },
    })

  return (
    <ActionDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Override ${fullName}`}
      description="It ends by itself. The automatic state goes on underneath and is not changed."
      action={action.label}
      pendingAction={action.pending}
      pending={command.isPending}
      onAction={submit}
      error={command.error}
      errorDetails={homelessErrors(errors, ['reason', 'ttl', 'confirm', 'mode'])}
    >
      <OverrideFields
        form={form}
        onChange={setForm}
        errors={errors}
        circuit={circuit}
        names={{ full: fullName, toType: needsConfirm ? name : null }}
      />
    </ActionDialog>
  )
}
