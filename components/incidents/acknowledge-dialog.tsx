'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { incidentMutations } from '#lib/client/incident-mutations.ts'
import type { IncidentRow } from '#lib/contract/incident-row.ts'
import { keepUnits } from '#lib/view/keep-units.ts'

type Props = { incident: Pick<IncidentRow, 'id' | 'title' | 'told'>; onClose: () => void }

/** Says that one has seen the incident, with a note if one likes. */
export function AcknowledgeDialog({ incident: { id, title, told }, onClose }: Props) {
  const [note, setNote] = useState('')
  const acknowledge = useMutation(incidentMutations.acknowledge(id))
  const text = note.trim()
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title="Acknowledge the incident"
      description={`${keepUnits(title)}. It is not repeated any more${
        told ? ', and the channels that were told hear that you have seen it' : ''
      }. It goes on until its alerts are over.`}
      action="Acknowledge"
      pendingAction="Acknowledging…"
      pending={acknowledge.isPending}
      error={acknowledge.error}
      onAction={() =>
        acknowledge.mutate(text === '' ? {} : { note: text }, {
          onSuccess: ({ persisted }) => {
            toasts.add({ title: 'The incident is acknowledged', description: persistedNote(persisted) })
            onClose()
          },
        })
      }
    >
      <Field label="Note" hint="Others read it in the timeline." optional>
        <TextArea value={note} maxLength={2_000} onChange={({ target }) => setNote(target.value)} />
      </Field>
    </ActionDialog>
  )
}
