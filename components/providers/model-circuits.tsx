'use client'

import { useState } from 'react'
import { BreakerStrip } from '#components/charts/breaker-strip.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { MoreSign } from '#components/ui/more-sign.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import { modelCircuitLine } from '#lib/view/circuit-facts-view.ts'
import { inWords } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { modelCircuitsWords } from '#lib/view/provider-view.ts'
import { CircuitDialogs, type CircuitDialog } from '#components/circuits/circuit-dialogs.tsx'
import { circuitStrip } from './history-views.ts'
import styles from './model-circuits.module.css'
import { useNow } from './use-now.ts'
import type { ProviderHistory } from './use-provider-history.ts'

type Props = { detail: ProviderDetail; history: ProviderHistory; condition: PanelCondition }

/** The circuits of a provider's models; nothing where there is none. */
export function ModelCircuits({ detail, history, condition }: Props) {
  const { models, name } = detail.snapshot
  const [asked, setAsked] = useState<{ model: string | null; dialog: CircuitDialog } | null>(null)
  if (models.length === 0) return null
  const circuit = asked && models.find(({ model }) => model === asked.model)
  return (
    <Panel title="Models" meta={modelCircuitsWords(models)} condition={condition}>
      <ul className={styles.list}>
        {models.map((model) => (
          <ModelRow
            key={model.model}
            circuit={model}
            detail={detail}
            history={history}
            onAsk={(dialog) => setAsked({ model: model.model, dialog })}
          />
        ))}
      </ul>
      {circuit && (
        <CircuitDialogs circuit={circuit} name={name} dialog={asked.dialog} onClose={() => setAsked(null)} />
      )}
    </Panel>
  )
}

type RowProps = Omit<Props, 'condition'> & {
  circuit: CircuitSnapshot
  onAsk: (dialog: CircuitDialog) => void
}

function ModelRow({ circuit, detail, history, onAsk }: RowProps) {
  const now = useNow()
  const { model, state, override } = circuit
  const { grid, happenings } = history
  return (
    <li className={styles.row}>
      <StatusIcon state={override === null ? state : 'override'} size={14} />
      <div className={styles.words}>
        <p>
          <b>{model}</b> <span>{inWords(state)}</span>
        </p>
        <p className={styles.line}>{modelCircuitLine(circuit, now)}</p>
        {grid && happenings && (
          <BreakerStrip
            view={circuitStrip({ grid, happenings, detail, model })}
            height={8}
            label={model ?? ''}
            steppable={false}
          />
        )}
      </div>
      <Menu
        trigger={
          <IconButton label={`Actions for ${model ?? ''}`}>
            <MoreSign />
          </IconButton>
        }
        items={[
          { label: 'Override…', needs: 'circuits.command', onSelect: () => onAsk('override') },
          { label: 'Reset…', needs: 'circuits.command', onSelect: () => onAsk('reset') },
          ...(override === null
            ? []
            : [
                {
                  label: 'Release now…',
                  needs: 'circuits.command' as const,
                  onSelect: () => onAsk('release'),
                },
              ]),
        ]}
      />
    </li>
  )
}
