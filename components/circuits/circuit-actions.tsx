'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { NamedCircuit } from '#lib/view/circuit-row-view.ts'

type Action = 'override' | 'release' | 'reset'

const Dialogs = {
  override: dynamic(() => import('./override-dialog.tsx').then(({ OverrideDialog }) => OverrideDialog), {
    ssr: false,
  }),
  release: dynamic(() => import('./release-dialog.tsx').then(({ ReleaseDialog }) => ReleaseDialog), {
    ssr: false,
  }),
  reset: dynamic(() => import('./reset-dialog.tsx').then(({ ResetDialog }) => ResetDialog), { ssr: false }),
}

/** What an operator can do to a circuit; each opens a dialog, whose code comes when it is first asked for. */
export function CircuitActions({ circuit }: { circuit: NamedCircuit }) {
  const [action, setAction] = useState<Action | null>(null)
  const { providerId, model, name } = circuit
  const Dialog = action === null ? null : Dialogs[action]
  const subject = model === null ? name : `${name} ${model}`
  return (
    <>
      {circuit.override === null ? (
        <Button
          variant="quiet"
          size="small"
          aria-label={`Override ${subject}`}
          onClick={() => setAction('override')}
        >
          Override…
        </Button>
      ) : (
        <Button
          variant="quiet"
          size="small"
          aria-label={`Release ${subject}`}
          onClick={() => setAction('release')}
        >
          Release…
        </Button>
      )}
      <Button variant="quiet" size="small" aria-label={`Reset ${subject}`} onClick={() => setAction('reset')}>
        Reset…
      </Button>
      {Dialog !== null && (
        <Dialog
          address={{ providerId, model }}
          name={name}
          circuit={circuit}
          open
          onOpenChange={(open) => {
            if (!open) setAction(null)
          }}
        />
      )}
    </>
  )
}
