'use client'

import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

type Props = { name: string; latest: number; began: number; onCompare: () => void }

/** Says that others changed what is being edited, and offers to show both sides. */
export function MeanwhileNotice({ name, latest, began, onCompare }: Props) {
  return (
    <Notice
      tone="warn"
      role="status"
      title={`${name} was changed meanwhile`}
      actions={
        <Button size="small" onClick={onCompare}>
          Show both sides
        </Button>
      }
    >
      <p>
        Version {latest} is in force; this form began from version {began}.
      </p>
    </Notice>
  )
}
