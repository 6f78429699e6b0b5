'use client'

import { useMemo } from 'react'
import detail from '#components/ui/detail.module.css'
import { Notice } from '#components/ui/notice.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { DecisionView } from '#lib/contract/decision.ts'
import { candidateRows, decisionFacts, decisionResult } from '#lib/view/decision-view.ts'
import { waterfallView } from '#lib/view/waterfall-view.ts'
import { CandidateTable } from './candidate-table.tsx'
import { useNameOf } from './use-name-of.ts'
import { Waterfall } from './waterfall.tsx'

/** A decision in full: how it went, its attempts on one axis, every candidate with its verdict, and its facts. */
export function DecisionDetail({ decision }: { decision: DecisionView }) {
  const nameOf = useNameOf()
  const rows = useMemo(() => candidateRows(decision, nameOf), [decision, nameOf])
  const waterfall = useMemo(() => waterfallView(decision, nameOf), [decision, nameOf])
  const result = decisionResult(decision)
  return (
    <div className={detail.detail}>
      <p className={detail.result}>
        <StatusIcon state={result.icon} />
        <b>{result.words}</b>
        <span>
          {result.latency === '–' ? '' : `in ${result.latency}, `}
          decided <Time at={decision.at} show="full" />
        </span>
      </p>
      {decision.panic && (
        <Notice tone="warn" title="In panic">
          <p>
            No member was eligible, so health and open circuits were ignored rather than the request refused.
          </p>
        </Notice>
      )}
      {decision.returnsAt !== null && (
        <p className={detail.note}>
          Somebody may be eligible again <Time at={decision.returnsAt} show="full" />.
        </p>
      )}
      <section>
        <h3>Attempts</h3>
        {decision.attempts.length === 0 ? (
          <p className={detail.note}>
            {decision.chosen === null
              ? 'None: nobody was chosen.'
              : 'None of ours: another gateway asked for this decision and carries the request.'}
          </p>
        ) : (
          <Waterfall view={waterfall} />
        )}
      </section>
      <section>
        <h3>Candidates</h3>
        <CandidateTable rows={rows} caption="Every candidate of this decision" />
      </section>
      <section>
        <h3>Facts</h3>
        <dl className={detail.facts}>
          {decisionFacts(decision).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}
