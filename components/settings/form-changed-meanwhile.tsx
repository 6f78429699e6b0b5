'use client'

import { useState } from 'react'
import { rebaseForm, sideConflicts } from '#lib/view/form-sides.ts'
import { BothSidesDialog } from './both-sides-dialog.tsx'
import { MeanwhileNotice } from './meanwhile-notice.tsx'

type Stored = { name: string; version: number }

type Props<Kept extends Stored, Form extends object> = {
  /** What the form began from. */
  stored: Kept
  /** What is in force; undefined as long as it is not known. */
  latest: Kept | undefined
  labels: Record<keyof Form & string, string>
  formOf: (kept: Kept) => Form
  mine: () => Form
  onChosen: (latest: Kept, values: Form) => void
}

/** Says that others changed what the form shows since it was opened, and shows both sides. */
export function FormChangedMeanwhile<Kept extends Stored, Form extends object>(props: Props<Kept, Form>) {
  const { stored, latest, labels, formOf, mine, onChosen } = props
  const [isComparing, setComparing] = useState(false)
  if (latest === undefined || latest.version <= stored.version) return null
  const sides = () => ({ base: formOf(stored), mine: mine(), theirs: formOf(latest) })
  return (
    <>
      <MeanwhileNotice
        name={latest.name}
        latest={latest.version}
        began={stored.version}
        onCompare={() => setComparing(true)}
      />
      {isComparing && (
        <BothSidesDialog
          conflicts={sideConflicts(labels, sides())}
          onOpenChange={setComparing}
          onTheirs={() => onChosen(latest, formOf(latest))}
          onMine={() => onChosen(latest, rebaseForm(labels, sides()))}
        />
      )}
    </>
  )
}
