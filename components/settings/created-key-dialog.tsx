'use client'

import type { ReactNode } from 'react'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { Button } from '#components/ui/button.tsx'
import { CodeLine } from '#components/ui/code-line.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'

type Props = {
  name: string
  /** The key itself. */
  text: string
  persisted: boolean
  /** How it is sent. */
  children: ReactNode
  onClose: () => void
}

/** A new key, the one time it is shown. */
export function CreatedKeyDialog({ name, text, persisted, children, onClose }: Props) {
  const note = persistedNote(persisted)
  return (
    <Dialog
      open
      // A press beside it must not take the only sight of the key away.
      onOpenChange={() => undefined}
      title={`Key ${name} is made`}
      footer={
        <Button variant="solid" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <Notice tone="warn" title="Copy it now: it is not shown again">
        <p>Only a hash of it is kept. A key that is lost is deleted and made anew.</p>
      </Notice>
      <CodeLine text={text} what="the key" />
      <p>{children}</p>
      {note !== null && <p>{note}</p>}
    </Dialog>
  )
}
