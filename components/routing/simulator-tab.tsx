'use client'

import { useState } from 'react'
import type { SelectInput } from '#lib/contract/decision.ts'
import { SimulatorFields } from './simulator-fields.tsx'
import { SimulatorResult } from './simulator-result.tsx'
import styles from './simulator-tab.module.css'

/** A request as it was asked about, and through which route. */
export type Asked = { route: string; input: SelectInput }

/** Decides about a made-up request without any effect, and about the same with circuits taken for open. */
export function SimulatorTab() {
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <div className={styles.simulator}>
      <SimulatorFields onAsk={setAsked} />
      <div className={styles.result} role="region" aria-label="Simulated decision">
        {asked === null ? (
          <p className={styles.hint}>
            Describe a request: what the gateway would decide about it now appears here, with every candidate
            and why. Nothing is sent anywhere, no turn is taken, nothing is recorded.
          </p>
        ) : (
          <SimulatorResult key={JSON.stringify(asked)} asked={asked} />
        )}
      </div>
    </div>
  )
}
