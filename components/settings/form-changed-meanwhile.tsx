'use client'

import { useState } from 'react'
import type { Reading } from '#lib/client/waiting-condition.ts'
import { rebaseForm, sideConflicts } from '#lib/view/form-sides.ts'
import { BothSidesDialog } from './both-sides-dialog.tsx'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import { ReadingNotice } from './reading-notice.tsx'

type Stored = { name: string; version: number }

type Props<Kept extends Stored, Form extends object> = {
  /** What the form began from. */
  stored: Kept
  /** How the last reading of what is in force went. */
  reading: Reading
  /** What is in force; undefined as long as it is not known. */
  latest: Kept | undefined
  labels: Record<keyof Form & string, string>
  formOf: (kept: Kept) => Form
  mine: () => Form
  onChosen: (latest: Kept, values: Form) => void
}

/**
 * Says that others changed what the form shows since it was opened, and shows both sides; and that it cannot be told
 * whether they did.
 */
export function FormChangedMeanwhile<Kept extends Stored, Form extends object>(props: Props<Kept, Form>) {
  const { stored, reading, latest, labels, formOf, mine, onChosen } = props
  const [isComparing, setComparing] = useState(false)
  const unread = <ReadingNotice what={stored.name} reading={reading} />
  if (latest === undefined || latest.version <= stored.version) return unread
  const sides = () => ({ base: formOf(stored), mine: mine(), theirs: formOf(latest) })
  return (
    <>
      {unread}
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
