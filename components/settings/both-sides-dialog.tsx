'use client'

import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { DataList } from '#components/ui/data-list.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

type Props = {
  /** What differs, by field, and who changed it. */
  conflicts: readonly { label: string; by: 'mine' | 'theirs' | 'both' }[]
  onOpenChange: (open: boolean) => void
  onTheirs: () => void
  /** My changes laid over theirs. */
  onMine: () => void
}

const BY_WORDS = { mine: 'changed here', theirs: 'changed by others', both: 'changed by both' } as const

/** What others changed in what is being edited, and how to go on: with theirs alone, or with mine laid over theirs. */
export function BothSidesDialog({ conflicts, onOpenChange, onTheirs, onMine }: Props) {
  const cancel = useRef<HTMLElement>(null)
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
          <Button onClick={onTheirs}>Take theirs, drop mine</Button>
          <Button variant="solid" onClick={onMine}>
            Lay mine over theirs
          </Button>
        </>
      }
    >
      <DataList items={conflicts.map(({ label, by }) => ({ name: label, value: BY_WORDS[by] }))} />
    </Dialog>
  )
}
