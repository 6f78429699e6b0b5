'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ReasonField } from '#components/ui/reason-field.tsx'
import { serverNow } from '#lib/client/clock.ts'
import { mutations } from '#lib/client/mutations.ts'
import { queries } from '#lib/client/queries.ts'
import { useCheckedSend } from '#lib/client/use-checked-send.ts'
import { revertSettingsSchema, type SettingsVersion } from '#lib/contract/settings.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { settingsChanges } from '#lib/view/settings-changes.ts'
import { ChangeTable } from './change-table.tsx'
import type { SavedSettings } from './undo-notice.tsx'

type Props = {
  to: SettingsVersion
  inForce: SettingsVersion
  onOpenChange: (open: boolean) => void
  onReverted: (saved: SavedSettings) => void
}

/** Puts an earlier version's thresholds in force again, as a new version. */
export function RevertDialog({ to, inForce, onOpenChange, onReverted }: Props) {
  const client = useQueryClient()
  const [reason, setReason] = useState(`revert to version ${to.version}`)
  const revert = useMutation(mutations.revertSettings())
  const { errors, send } = useCheckedSend(revertSettingsSchema, revert.mutate)
  const changes = settingsChanges(inForce.settings, to.settings)

  const submit = () => {
    const body = { version: to.version, expectedVersion: inForce.version, reason }
    send(body, {
      onSuccess: (version) => onReverted({ version, previous: inForce.version, at: serverNow() }),
      onConflict: () => void client.refetchQueries(queries.settings()),
    })
  }

  return (
    <ActionDialog
      open
      onOpenChange={onOpenChange}
      title={`Revert to version ${to.version}`}
      description={`Its thresholds come in force as version ${inForce.version + 1}; no version is deleted.`}
      action={`Revert to version ${to.version}`}
      pendingAction="Reverting…"
      pending={revert.isPending}
      onAction={submit}
      error={revert.error}
      errorDetails={homelessErrors(errors, ['reason'])}
    >
      {changes.length === 0 ? (
        <Notice tone="info" title={`Version ${to.version} says the same as what is in force.`} />
      ) : (
        <ChangeTable changes={changes} caption={`What reverting to version ${to.version} changes`} />
      )}
      <ReasonField value={reason} onValueChange={setReason} error={errors['reason']} />
    </ActionDialog>
  )
}
