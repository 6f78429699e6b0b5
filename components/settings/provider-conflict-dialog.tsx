'use client'

import { formConflicts, rebaseForm } from '#lib/view/provider-form-conflicts.ts'
import type { ProviderForm } from '#lib/view/provider-form.ts'
import { BothSidesDialog } from './both-sides-dialog.tsx'

type Props = {
  base: ProviderForm
  mine: ProviderForm
  theirs: ProviderForm
  onOpenChange: (open: boolean) => void
  onChosen: (values: ProviderForm) => void
}

/** What others changed in the same provider, and how to go on. */
export function ProviderConflictDialog({ base, mine, theirs, onOpenChange, onChosen }: Props) {
  return (
    <BothSidesDialog
      conflicts={formConflicts({ base, mine, theirs })}
      onOpenChange={onOpenChange}
      onTheirs={() => onChosen(theirs)}
      onMine={() => onChosen(rebaseForm({ base, mine, theirs }))}
    />
  )
}
