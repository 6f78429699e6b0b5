'use client'

import { Button } from '#components/ui/button.tsx'
import styles from './provider-editor.module.css'

type Props = {
  isNew: boolean
  isDirty: boolean
  isSaving: boolean
  isChecking: boolean
  onSave: (then: 'stay' | 'check') => void
  onDiscard: () => void
}

const WORDS = {
  clean: { note: 'Saved', save: null, saveAndCheck: 'Check now' },
  changed: { note: 'Not saved yet', save: 'Save', saveAndCheck: 'Save and check now' },
  new: { note: 'Not saved yet', save: 'Add', saveAndCheck: 'Add and check now' },
}

/** The form's actions, always in reach. */
export function SaveBar({ isNew, isDirty, isSaving, isChecking, onSave, onDiscard }: Props) {
  const words = WORDS[isNew ? 'new' : isDirty ? 'changed' : 'clean']
  return (
    <div className={styles.bar} role="region" aria-label="Save">
      <span className={styles.note} aria-live="polite">
        {words.note}
      </span>
      {isDirty && <Button onClick={onDiscard}>Discard</Button>}
      {words.save !== null && (
        <Button
          needs="providers.write"
          pending={isSaving}
          pendingLabel="Saving…"
          onClick={() => onSave('stay')}
        >
          {words.save}
        </Button>
      )}
      <Button
        needs={words.save === null ? 'checks.run' : 'providers.write'}
        variant="solid"
        pending={isSaving || isChecking}
        pendingLabel={isSaving ? 'Saving…' : 'Checking…'}
        onClick={() => onSave('check')}
      >
        {words.saveAndCheck}
      </Button>
    </div>
  )
}
