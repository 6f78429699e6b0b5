'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { LineTable } from '#components/ui/line-table.tsx'
import { LoadOlder } from '#components/ui/load-older.tsx'
import { NoMatch } from '#components/ui/no-match.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import { useLive } from '#lib/client/live/live-store.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import { decisionRow } from '#lib/view/decision-view.ts'
import { filtersInForce } from '#lib/view/no-match.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { DecisionFilters } from './decision-filters.tsx'
import { DecisionLine } from './decision-line.tsx'
import styles from './decisions-tab.module.css'
import { useDecisionFilter } from './use-decision-filter.ts'
import { useNameOf } from './use-name-of.ts'
import { useOpenDecision } from './use-open-decision.ts'

const POLL_MS = 5_000
const COLUMNS = ['Decided', 'Result', 'Route', 'Provider', 'Model', 'Why', 'Latency'] as const
const NONE: PanelCondition = {
  kind: 'no_traffic',
  text: 'No request has been routed yet. Decisions are kept for 48 h.',
}

/** The newest decisions, kept up while nobody has paged back. */
export function DecisionsTab() {
  const { filter, clear } = useDecisionFilter()
  const { isPaused } = useLive()
  const nameOf = useNameOf()
  const { id: openId, open } = useOpenDecision()
  const log = useInfiniteQuery({
    ...routingQueries.decisions(filter),
    refetchInterval: ({ state }) => (isPaused || state.data?.pages.length !== 1 ? false : POLL_MS),
  })
  const rows = useMemo(
    () => (log.data?.pages ?? []).flatMap(({ items }) => items.map((one) => decisionRow(one, nameOf))),
    [log.data, nameOf],
  )
  const inForce = filtersInForce([
    ['route', filter.route],
    ['provider', filter.providerId && nameOf(filter.providerId)],
    ['', filter.failed ? 'Failed only' : null],
  ])
  const isNoMatch = rows.length === 0 && inForce.length > 0
  return (
    <>
      <DecisionFilters count={rows.length} hasMore={log.hasNextPage} />
      <PanelState
        condition={listCondition(log, log.data && rows, isNoMatch ? undefined : NONE)}
        minHeight={220}
      >
        {isNoMatch ? (
          <NoMatch thing="decision that is kept" inForce={inForce} onClear={clear} />
        ) : (
          <LineTable
            label="Recent decisions"
            columns={COLUMNS}
            headClassName={styles.head}
            lines={rows.map((row) => (
              <DecisionLine key={row.id} row={row} isOpen={row.id === openId} onOpen={open} />
            ))}
          />
        )}
      </PanelState>
      <LoadOlder log={log} />
    </>
  )
}
