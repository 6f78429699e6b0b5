'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { incidentMutations } from '#lib/client/incident-mutations.ts'
import { isRequestError } from '#lib/client/request-error.ts'
import type { SilenceView } from '#lib/contract/silence.ts'
import { plural } from '#lib/view/format.ts'
import { fieldErrors, homelessErrors } from '#lib/view/field-errors.ts'
import { matchersWords } from '#lib/view/silence-words.ts'

/** Asks before a silence ends: what it kept quiet is told then, if it still fires. */
export function EndSilenceDialog({ silence, onClose }: { silence: SilenceView; onClose: () => void }) {
  const { id, matchers, state, matchesNow } = silence
  const [reason, setReason] = useState('')
  const end = useMutation(incidentMutations.endSilence(id))
  const text = reason.trim()
  const errors = fieldErrors(isRequestError(end.error) ? (end.error.problem?.errors ?? []) : [])
  const effect =
    state === 'active' && matchesNow > 0
      ? `${plural(matchesNow, 'alert')} that it keeps quiet now may be told at once.`
      : 'It keeps nothing quiet at the moment.'
  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title="End the silence"
      description={`Alerts where ${matchersWords(matchers)}. ${effect} It goes from the list.`}
      action="End the silence"
      pendingAction="Ending…"
      pending={end.isPending}
      error={end.error}
      errorDetails={homelessErrors(errors, ['reason'])}
      onAction={() =>
        end.mutate(text === '' ? {} : { reason: text }, {
          onSuccess: ({ persisted }) => {
            toasts.add({ title: 'The silence is ended', description: persistedNote(persisted) })
            onClose()
          },
        })
      }
    >
      <ReasonField value={reason} onValueChange={setReason} error={errors['reason']} optional />
    </ActionDialog>
  )
}
