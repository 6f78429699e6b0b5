'use client'

import type { z } from 'zod'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { Button } from '#components/ui/button.tsx'
import { CodeLine } from '#components/ui/code-line.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { createdClientKeySchema } from '#lib/contract/client-key.ts'

type Props = { created: z.infer<typeof createdClientKeySchema>; onClose: () => void }

/** The new key, the one time it is shown. */
export function CreatedKeyDialog({ created, onClose }: Props) {
  const note = persistedNote(created.persisted)
  return (
    <Dialog
      open
      // A press beside it must not take the only sight of the key away.
      onOpenChange={() => undefined}
      title={`Key ${created.clientKey.name} is made`}
      footer={
        <Button variant="solid" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <Notice tone="warn" title="Copy it now: it is not shown again">
        <p>Only a hash of it is kept. A key that is lost is deleted and made anew.</p>
      </Notice>
      <CodeLine text={created.key} what="the key" />
      <p>
        Applications send it as <code>Authorization: Bearer …</code>, which is how OpenAI’s libraries send
        their <code>apiKey</code>.
      </p>
      {note !== null && <p>{note}</p>}
    </Dialog>
  )
}
