'use client'

import { useState } from 'react'
import { BothSidesDialog } from './both-sides-dialog.tsx'
import { MeanwhileNotice } from './meanwhile-notice.tsx'

type Conflicts = Parameters<typeof BothSidesDialog>[0]['conflicts']

type Props = {
  name: string
  /** The version the form began from, and the one in force. */
  began: number
  latest: number
  conflicts: () => Conflicts
  onTheirs: () => void
  onMine: () => void
}

/** Says that others changed what the form shows since it was opened, and shows both sides. */
export function FormChangedMeanwhile({ name, began, latest, conflicts, onTheirs, onMine }: Props) {
  const [isComparing, setComparing] = useState(false)
  if (latest <= began) return null
  return (
    <>
      <MeanwhileNotice name={name} latest={latest} began={began} onCompare={() => setComparing(true)} />
      {isComparing && (
        <BothSidesDialog
          conflicts={conflicts()}
          onOpenChange={setComparing}
          onTheirs={onTheirs}
          onMine={onMine}
        />
      )}
    </>
  )
}
