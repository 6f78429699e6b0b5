'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import type { Permission } from '#lib/domain/access/roles.ts'
import styles from './provider-editor.module.css'

type Props = {
  needs: Permission
  /** What the button of a new one says; null for a stored one. */
  create: string | null
  /** What holds while the form is not saved. */
  unsaved: string
  isDirty: boolean
  saving: { isPending: boolean; error: Error | null; homeless: readonly { path: string; message: string }[] }
  onSave: () => void
  onDiscard: () => void
  /** What was changed meanwhile, as long as that holds: it must be met wherever in the form one is. */
  children: ReactNode
}

/** A form's actions, always in reach, and why it could not be saved. */
export function EditorFoot({ needs, create, unsaved, isDirty, saving, onSave, onDiscard, children }: Props) {
  const isOpen = isDirty || create !== null
  return (
    <div className={styles.foot}>
      {children}
      {saving.error !== null && <RequestNotice error={saving.error} details={saving.homeless} />}
      <div className={styles.bar} role="region" aria-label="Save">
        <span className={styles.note} aria-live="polite">
          {isOpen ? unsaved : 'In force'}
        </span>
        {isDirty && <Button onClick={onDiscard}>Discard</Button>}
        <Button
          needs={needs}
          variant="solid"
          pending={saving.isPending}
          pendingLabel="Saving…"
          disabled={!isOpen}
          onClick={onSave}
        >
          {create ?? 'Save'}
        </Button>
      </div>
    </div>
  )
}
