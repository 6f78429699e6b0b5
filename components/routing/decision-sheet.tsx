'use client'

import { useQuery } from '@tanstack/react-query'
import { PanelState } from '#components/ui/panel-state.tsx'
import { SideSheet } from '#components/ui/side-sheet.tsx'
import { isRequestError } from '#lib/client/request-error.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { decisionSentence } from '#lib/view/decision-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { DecisionDetail } from './decision-detail.tsx'
import { useNameOf } from './use-name-of.ts'
import { useOpenDecision } from './use-open-decision.ts'

/** The decision that the URL names, beside the page. */
export function DecisionSheet() {
  const { id, close } = useOpenDecision()
  const { data, error } = useQuery({ ...routingQueries.decision(id ?? ''), enabled: id !== null })
  const nameOf = useNameOf()
  const decision = id === null ? undefined : data
  return (
    <SideSheet
      open={id !== null}
      onClose={close}
      title={decision === undefined ? 'Decision' : decisionSentence(decision, nameOf)}
    >
      {decision === undefined ? (
        <PanelState condition={conditionOf(id, error)} minHeight={320} />
      ) : (
        <DecisionDetail decision={decision} />
      )}
    </SideSheet>
  )
}

function conditionOf(id: string | null, error: Error | null): PanelCondition {
  if (isRequestError(error) && error.status === 404) {
    return {
      kind: 'empty',
      text: `No decision is kept under “${id ?? ''}”. All that failed, failed over or ruled in panic are kept for 48 h; of the others, some.`,
    }
  }
  return waitingCondition(error)
}
