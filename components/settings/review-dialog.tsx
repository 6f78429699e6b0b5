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
import { saveSettingsSchema, type SettingsVersion } from '#lib/contract/settings.ts'
import { homelessErrors } from '#lib/view/field-errors.ts'
import { plural } from '#lib/view/format.ts'
import { settingsChanges } from '#lib/view/settings-changes.ts'
import { ChangeTable } from './change-table.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import type { SavedSettings } from './undo-notice.tsx'
import type { SettingsDraft } from './use-settings-draft.ts'

type Props = {
  edit: SettingsDraft
  inForce: SettingsVersion
  onOpenChange: (open: boolean) => void
  onSaved: (saved: SavedSettings) => void
}

/** The draft's changes, their reason, and the save; where others saved meanwhile, both sides first. */
export function ReviewDialog(props: Props) {
  const { edit, inForce, onOpenChange } = props
  return inForce.version === edit.base.version ? (
    <SaveDialog {...props} />
  ) : (
    <ConflictDialog edit={edit} inForce={inForce} onOpenChange={onOpenChange} />
  )
}

function SaveDialog({ edit, onOpenChange, onSaved }: Props) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const save = useMutation(mutations.saveSettings())
  const { errors, send } = useCheckedSend(saveSettingsSchema, save.mutate)
  const changes = settingsChanges(edit.base.settings, edit.draft)
  const { version } = edit.base

  const submit = () =>
    send(
      { settings: edit.draft, expectedVersion: version, reason },
      {
        onSuccess: (saved) => onSaved({ version: saved, previous: version, at: serverNow() }),
        // The version in force arrives, and the dialog turns to both sides.
        onConflict: () => void client.refetchQueries(queries.settings()),
      },
    )

  return (
    <ActionDialog
      open
      onOpenChange={onOpenChange}
      title={`Put ${plural(changes.length, 'change')} in force`}
      description={`As version ${version + 1}, for every provider that does not differ. Deadlines already set stand.`}
      action="Save"
      pendingAction="Saving…"
      pending={save.isPending}
      disabled={changes.length === 0}
      onAction={submit}
      error={save.error}
      errorDetails={homelessErrors(errors, ['reason'])}
    >
      {changes.length === 0 ? (
        <Notice tone="info" title="Nothing is left to save: the version in force says the same." />
      ) : (
        <ChangeTable changes={changes} caption="Changes in the draft" />
      )}
      <ReasonField value={reason} onValueChange={setReason} error={errors['reason']} />
    </ActionDialog>
  )
}
