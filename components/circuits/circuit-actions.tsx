'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CircuitDialogs, type CircuitDialog } from './circuit-dialogs.tsx'
import type { NamedCircuit } from '#lib/view/circuit-row-view.ts'

/** What an operator can do to a circuit; each opens a dialog, whose code comes when it is first asked for. */
export function CircuitActions({ circuit }: { circuit: NamedCircuit }) {
  const [action, setAction] = useState<CircuitDialog | null>(null)
  const { model, name } = circuit
  const subject = model === null ? name : `${name} ${model}`
  return (
    <>
      {circuit.override === null ? (
        <Button
          needs="circuits.command"
          variant="quiet"
          size="small"
          aria-label={`Override ${subject}`}
          onClick={() => setAction('override')}
        >
          Override…
        </Button>
      ) : (
        <Button
          needs="circuits.command"
          variant="quiet"
          size="small"
          aria-label={`Release ${subject}`}
          onClick={() => setAction('release')}
        >
          Release…
        </Button>
      )}
      <Button
        needs="circuits.command"
        variant="quiet"
        size="small"
        aria-label={`Reset ${subject}`}
        onClick={() => setAction('reset')}
      >
        Reset…
      </Button>
      <CircuitDialogs circuit={circuit} name={name} dialog={action} onClose={() => setAction(null)} />
    </>
  )
}
