'use client'

import { Panel } from '#components/ui/panel.tsx'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { circuitAge, circuitFacts } from '#lib/view/circuit-facts-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { healthScoreWords } from '#lib/view/provider-view.ts'
import { thresholdNumber } from '#lib/view/thresholds-in-force-view.ts'
import styles from './circuit-panel.module.css'
import { StateMachine } from './state-machine.tsx'
import { useNow } from './use-now.ts'

/** The provider's own circuit: where it stands, what it counts, and what would move it. */
export function CircuitPanel({ detail, condition }: { detail: ProviderDetail; condition: PanelCondition }) {
  const now = useNow()
  const { snapshot, thresholds } = detail
  const { circuit } = snapshot
  const limits = { successThreshold: thresholdNumber(thresholds, 'breaker', 'successThreshold') }
  const facts = [
    ...circuitFacts(circuit, limits, now),
    { name: 'Health score', value: healthScoreWords(snapshot) },
  ]
  return (
    <Panel title="Circuit" meta={circuitAge(circuit, now)} condition={condition} minHeight={300}>
      <div className={styles.body}>
        <div className={styles.drawing}>
          <StateMachine circuit={circuit} now={now} />
        </div>
        <dl className={styles.facts}>
          {facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  )
}
