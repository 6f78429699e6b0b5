'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import { mutations } from '#lib/client/mutations.ts'
import { isRequestError } from '#lib/client/request-error.ts'
import type { Check } from '#lib/contract/check.ts'
import type { ProviderSnapshot } from '#lib/contract/monitor.ts'
import { checkMark } from '#lib/view/check-strip-view.ts'
import { failedRequestWords } from '#lib/view/failed-request.ts'
import { checkResultWords } from '#lib/view/provider-view.ts'
import { CircuitDialogs, type CircuitDialog } from '#components/circuits/circuit-dialogs.tsx'
import styles from './provider-actions.module.css'

/** What an operator can do here: check now, override or reset the circuit, release an override. */
export function ProviderActions({ snapshot }: { snapshot: ProviderSnapshot }) {
  const { id, name, circuit } = snapshot
  const [dialog, setDialog] = useState<CircuitDialog | null>(null)
  const check = useMutation(mutations.checkNow())
  const isHeld = circuit.override !== null
  return (
    <div className={styles.actions}>
      <div className={styles.buttons}>
        <Button
          needs="checks.run"
          pending={check.isPending}
          pendingLabel="Checking…"
          onClick={() => check.mutate(id)}
        >
          Check now
        </Button>
        <Button needs="circuits.command" onClick={() => setDialog('override')}>
          {isHeld ? 'Override…' : 'Force open…'}
        </Button>
        <Button
          needs="circuits.command"
          variant={!isHeld && circuit.state === 'open' ? 'solid' : 'plain'}
          onClick={() => setDialog('reset')}
        >
          Reset…
        </Button>
        {isHeld && (
          <Button needs="circuits.command" variant="solid" onClick={() => setDialog('release')}>
            Release now…
          </Button>
        )}
      </div>
      <div className={styles.result} role="status">
        {check.data && <Result check={check.data} />}
        {check.error && <Refusal error={check.error} />}
      </div>
      <CircuitDialogs circuit={circuit} name={name} dialog={dialog} onClose={() => setDialog(null)} />
    </div>
  )
}

const ICONS = {
  passed: 'healthy',
  failed: 'unhealthy',
  limited: 'degraded',
  neutral: 'unknown',
  skipped: 'unknown',
  none: 'unknown',
} as const

function Result({ check }: { check: Check }) {
  return (
    <p>
      <StatusIcon state={ICONS[checkMark(check.class)]} size={14} />
      <span>
        <Time at={check.at} /> {checkResultWords(check)}
      </span>
    </p>
  )
}

function Refusal({ error }: { error: Error }) {
  const requestId = isRequestError(error) ? error.problem?.requestId : undefined
  return (
    <p>
      <StatusIcon state="unhealthy" size={14} />
      <span>
        {failedRequestWords({ isAnswered: requestId !== undefined, refused: 'No check' }).title}:{' '}
        {error.message}
        {requestId !== undefined && <code> {requestId}</code>}
      </span>
    </p>
  )
}
