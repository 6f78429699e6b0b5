'use client'

import { Button } from '#components/ui/button.tsx'
import styles from '#components/settings/provider-editor.module.css'

type Props = {
  isNew: boolean
  isDirty: boolean
  isSaving: boolean
  onSave: () => void
  onDiscard: () => void
}

/** The form's actions, always in reach. */
export function RouteSaveBar({ isNew, isDirty, isSaving, onSave, onDiscard }: Props) {
  return (
    <div className={styles.bar} role="region" aria-label="Save">
      <span className={styles.note} aria-live="polite">
        {isDirty || isNew ? 'Not saved yet: requests go as before' : 'In force'}
      </span>
      {isDirty && <Button onClick={onDiscard}>Discard</Button>}
      <Button
        needs="routes.write"
        variant="solid"
        pending={isSaving}
        pendingLabel="Saving…"
        disabled={!isDirty && !isNew}
        onClick={onSave}
      >
        {isNew ? 'Create the route' : 'Save'}
      </Button>
    </div>
  )
}
