'use client'

import dynamic from 'next/dynamic'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'

// Forms and their schemas are only fetched when an operator asks for one.
const OverrideDialog = dynamic(
  async () => (await import('#components/circuits/override-dialog.tsx')).OverrideDialog,
)
const ResetDialog = dynamic(async () => (await import('#components/circuits/reset-dialog.tsx')).ResetDialog)
const ReleaseDialog = dynamic(
  async () => (await import('#components/circuits/release-dialog.tsx')).ReleaseDialog,
)

/** What an operator can do to a circuit. */
export type CircuitDialog = 'override' | 'reset' | 'release'

type Props = { circuit: CircuitSnapshot; name: string; dialog: CircuitDialog | null; onClose: () => void }

/** The dialog that was asked for, about one circuit. */
export function CircuitDialogs({ circuit, name, dialog, onClose }: Props) {
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
