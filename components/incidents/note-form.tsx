'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { useDraft } from '#lib/client/drafts.ts'
import { incidentMutations } from '#lib/client/incident-mutations.ts'
import { useMay } from '#lib/client/session.ts'
import styles from './incident-timeline.module.css'

/** Writes a note to the incident's story, also after its end. */
export function NoteForm({ incidentId }: { incidentId: string }) {
  const [text, setText] = useState('')
  const mayWrite = useMay('incidents.command')
  const write = useMutation(incidentMutations.note(incidentId))
  useDraft(text.trim() !== '')
  const send = () =>
    write.mutate(
      { text },
      {
        onSuccess: ({ persisted }) => {
          setText('')
          const description = persistedNote(persisted)
          if (description !== null) toasts.add({ title: 'The note is written', description })
        },
      },
    )
  return (
    <div className={styles.form}>
      <Field label="Note">
        <TextArea
          value={text}
          readOnly={!mayWrite}
          maxLength={2_000}
          placeholder="What you have found, or done"
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      {write.error !== null && <RequestNotice error={write.error} title="The note was not written" />}
      <span className={styles.send}>
        <Button
          size="small"
          needs="incidents.command"
          disabled={text.trim() === ''}
          pending={write.isPending}
          pendingLabel="Writing…"
          onClick={send}
        >
          Write a note
        </Button>
      </span>
    </div>
  )
}
