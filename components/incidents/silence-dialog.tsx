'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { serverNow } from '#lib/client/clock.ts'
import { incidentMutations } from '#lib/client/incident-mutations.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { createSilenceSchema } from '#lib/contract/silence.ts'
import type { Matcher } from '#lib/domain/alerts/silence.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { newSilenceForm, silenceRequest } from '#lib/view/silence-form.ts'
import { MatcherRows } from './matcher-rows.tsx'
import { SilencePreview } from './silence-preview.tsx'
import { SilenceTimes } from './silence-times.tsx'

const SHOWN = ['matchers', 'reason', 'until', 'recurrence']

/** Silences alerts for a while, or again and again; shows meanwhile what that would keep quiet now. */
export function SilenceDialog({ matchers, onClose }: { matchers: readonly Matcher[]; onClose: () => void }) {
  const { zone } = useZone()
  const [form, setForm] = useState(() => newSilenceForm(matchers, zone))
  const create = useMutation(incidentMutations.createSilence())
  const { errors, send } = useCheckedSend(createSilenceSchema, create.mutate)

  const submit = () =>
    send(silenceRequest(form, serverNow(), zone), {
      onSuccess: ({ persisted }) => {
        toasts.add({ title: 'The silence is set', description: persistedNote(persisted) })
        onClose()
      },
    })

  return (
    <ActionDialog
      open
      onOpenChange={onClose}
      title="New silence"
      description="Alerts that match are told to nobody. They are still seen here, and recoveries go where the alarm went."
      size="large"
      action="Silence"
      pendingAction="Silencing…"
      pending={create.isPending}
      error={create.error}
      errorDetails={homelessErrors(errors, SHOWN)}
      onAction={submit}
    >
      <MatcherRows
        matchers={form.matchers}
        errors={errors}
        onChange={(next) => setForm({ ...form, matchers: next })}
      />
      <SilencePreview matchers={form.matchers} />
      <SilenceTimes form={form} errors={errors} onChange={setForm} />
      <ReasonField
        value={form.reason}
        onValueChange={(reason) => setForm({ ...form, reason })}
        error={errors['reason']}
      />
    </ActionDialog>
  )
}
