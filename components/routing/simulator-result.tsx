'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { DecisionView } from '#lib/contract/decision.ts'
import { candidateRows, decisionFacts, decisionSentence } from '#lib/view/decision-view.ts'
import { whatIfView } from '#lib/view/what-if-view.ts'
import { CandidateTable } from './candidate-table.tsx'
import type { Asked } from './simulator-tab.tsx'
import styles from './simulator-tab.module.css'
import { useNameOf } from './use-name-of.ts'

/** What would be decided about the request now, and beside it with the circuits that one supposes open. */
export function SimulatorResult({ asked }: { asked: Asked }) {
  const { route, input } = asked
  const [supposed, setSupposed] = useState<readonly string[]>([])
  const now = useQuery(routingQueries.simulation(route, input))
  const then = useQuery({
    ...routingQueries.simulation(route, { ...input, supposeOpen: [...supposed] }),
    enabled: supposed.length > 0,
    placeholderData: keepPreviousData,
  })
  const nameOf = useNameOf()
  const error = now.error ?? then.error
  if (error !== null) return <RequestNotice error={error} title="Not decided" isQuestion />
  if (now.data === undefined) return <PanelState condition={{ kind: 'loading' }} minHeight={240} />
  const toggle = (id: string) =>
    setSupposed(supposed.includes(id) ? supposed.filter((one) => one !== id) : [...supposed, id])
  return (
    <>
      <header className={styles.verdict}>
        <p className={styles.sentence}>{decisionSentence(now.data, nameOf)}</p>
        <p className={styles.facts}>{factsLine(now.data)}</p>
        <Button
          size="small"
          pending={now.isFetching}
          pendingLabel="Deciding…"
          onClick={() => void now.refetch()}
        >
          Decide again
        </Button>
      </header>
      <div className={styles.suppose} role="group" aria-label="What if a circuit opened">
        <span>What if it opened:</span>
        {now.data.candidates.map(({ providerId }) => (
          <button
            key={providerId}
            type="button"
            aria-pressed={supposed.includes(providerId)}
            onClick={() => toggle(providerId)}
          >
            {nameOf(providerId)}
          </button>
        ))}
      </div>
      <Compared
        now={now.data}
        then={supposed.length === 0 ? null : (then.data ?? null)}
        supposed={supposed}
      />
    </>
  )
}

const factsLine = (decision: DecisionView): string =>
  decisionFacts(decision)
    .filter(({ name }) => ['Route', 'Strategy', 'Rule', 'Variant', 'Decided in'].includes(name))
    .map(({ name, value }) => (name === 'Decided in' ? `decided in ${value}` : value))
    .join(' · ')

type ComparedProps = { now: DecisionView; then: DecisionView | null; supposed: readonly string[] }

function Compared({ now, then, supposed }: ComparedProps) {
  const nameOf = useNameOf()
  const before = candidateRows(now, nameOf)
  if (then === null)
    return <CandidateTable rows={before} caption="Every candidate of the simulated decision" />
  const view = whatIfView({ now, then }, { supposed, nameOf })
  const after = view.rows.flatMap((row) => (row.then === null ? [] : [row.then]))
  return (
    <>
      <p className={styles.change} role="status">
        {view.sentence}
      </p>
      <div className={styles.sides}>
        <section>
          <h3>Now</h3>
          <CandidateTable rows={before} caption="Every candidate now" />
        </section>
        <section>
          <h3>If opened</h3>
          <CandidateTable rows={after} caption="Every candidate if the circuit opened" />
        </section>
      </div>
    </>
  )
}
