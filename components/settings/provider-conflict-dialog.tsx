'use client'

import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { DataList } from '#components/ui/data-list.tsx'
import { formConflicts, rebaseForm } from '#lib/view/provider-form-conflicts.ts'
import type { ProviderForm } from '#lib/view/provider-form.ts'

type Props = {
  base: ProviderForm
  mine: ProviderForm
  theirs: ProviderForm
  onOpenChange: (open: boolean) => void
  onChosen: (values: ProviderForm) => void
}

const BY_WORDS = { mine: 'changed here', theirs: 'changed by others', both: 'changed by both' } as const

/** What others changed in the same provider, and how to go on: with theirs alone, or with mine laid over theirs. */
export function ProviderConflictDialog({ base, mine, theirs, onOpenChange, onChosen }: Props) {
  const cancel = useRef<HTMLElement>(null)
  const conflicts = formConflicts({ base, mine, theirs })
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Changed on both sides"
      description="Nothing is saved by this: it only decides what the form shows."
      initialFocus={cancel}
      footer={
        <>
          <Button ref={cancel} onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button onClick={() => onChosen(theirs)}>Take theirs, drop mine</Button>
          <Button variant="solid" onClick={() => onChosen(rebaseForm({ base, mine, theirs }))}>
            Lay mine over theirs
          </Button>
        </>
      }
    >
      <DataList items={conflicts.map(({ label, by }) => ({ name: label, value: BY_WORDS[by] }))} />
    </Dialog>
  )
}
