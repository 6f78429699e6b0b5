'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Button } from '#components/ui/button.tsx'
import { NoMatch } from '#components/ui/no-match.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { incidentQueries } from '#lib/client/incident-queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { IncidentTable } from './incident-table.tsx'
import styles from './incident-list.module.css'
import { useIncidentFilter } from './use-incident-filter.ts'

const NONE: PanelCondition = { kind: 'empty', text: 'No incident has ended in this time.' }

/** Incidents of the last 30 days that are over, newest first, page by page. */
export function ResolvedPanel() {
  const { filter, clear, inForce } = useIncidentFilter()
  const log = useInfiniteQuery(incidentQueries.resolved(filter.provider))
  const shown = useMemo(() => (log.data?.pages ?? []).flatMap(({ items }) => items), [log.data])
  const isNoMatch = shown.length === 0 && filter.provider !== null
  return (
    <Panel
      title="Over, last 30 days"
      minHeight={shown.length === 0 ? 96 : 160}
      condition={listCondition(log, log.data && shown, isNoMatch ? undefined : NONE)}
      meta={
        shown.length > 0 && (
          <span>{log.hasNextPage ? `${shown.length} newest` : plural(shown.length, 'incident')}</span>
        )
      }
    >
      {isNoMatch ? (
        <NoMatch thing="incident that is over" inForce={inForce} onClear={clear} />
      ) : (
        <IncidentTable label="Incidents that are over" incidents={shown} />
      )}
      {log.hasNextPage && (
        <div className={styles.more}>
          <Button
            pending={log.isFetchingNextPage}
            pendingLabel="Loading…"
            onClick={() => void log.fetchNextPage()}
          >
            Load older
          </Button>
        </div>
      )}
    </Panel>
  )
}
