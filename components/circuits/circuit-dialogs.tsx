'use client'

import dynamic from 'next/dynamic'
import { LatePart } from '#components/ui/late-part.tsx'
import { PartMissing } from '#components/ui/part-missing.tsx'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'

// Forms and their schemas are only fetched when an operator asks for one.
const OverrideDialog = dynamic(async () => (await import('./override-dialog.tsx')).OverrideDialog)
const ResetDialog = dynamic(async () => (await import('./reset-dialog.tsx')).ResetDialog)
const ReleaseDialog = dynamic(async () => (await import('./release-dialog.tsx')).ReleaseDialog)

/** What an operator can do to a circuit. */
export type CircuitDialog = 'override' | 'reset' | 'release'

type Props = { circuit: CircuitSnapshot; name: string; dialog: CircuitDialog | null; onClose: () => void }

/** The dialog that was asked for, about one circuit. */
export function CircuitDialogs(props: Props) {
  return (
    <LatePart key={props.dialog} fallback={<PartMissing what="The dialog" />}>
      <AskedDialog {...props} />
    </LatePart>
  )
}

function AskedDialog({ circuit, name, dialog, onClose }: Props) {
  const { providerId, model } = circuit
  const shared = {
    address: { providerId, model },
    name,
    circuit,
    open: true,
    onOpenChange: (open: boolean) => {
      if (!open) onClose()
    },
  }
  if (dialog === 'override') return <OverrideDialog {...shared} />
  if (dialog === 'reset') return <ResetDialog {...shared} />
  return dialog === 'release' ? <ReleaseDialog {...shared} /> : null
}
