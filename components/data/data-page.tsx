'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { Time } from '#components/ui/time.tsx'
import { backUpMutation, dataQuery } from '#lib/client/data-queries.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { failedRefresh, waitingCondition, type Reading } from '#lib/client/waiting-condition.ts'
import { dataView } from '#lib/view/data-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { BackupPanel } from './backup-panel.tsx'
import { ExportPanel } from './export-panel.tsx'
import styles from './data-page.module.css'
import { PartsTable } from './parts-table.tsx'

/** What the database holds and for how long, its backups, and how to take data out of it. */
export function DataPage() {
  const reading = useQuery(dataQuery())
  const { data } = reading
  const { zone } = useZone()
  const backUp = useMutation(backUpMutation())
  const view = useMemo(() => (data === undefined ? null : dataView(data, zone)), [data, zone])
  return (
    <>
      <PageHeading
        title="Data"
        actions={
          <Button
            needs="data.backup"
            variant="solid"
            pending={backUp.isPending}
            pendingLabel="Backing up…"
            onClick={() => backUp.mutate(undefined)}
          >
            Back up now
          </Button>
        }
      >
        {view === null ? 'Looking at the database…' : view.headline}
      </PageHeading>
      <div className={styles.stack}>
        {backUp.error !== null && <RequestNotice error={backUp.error} title="No backup was made" />}
        <Panel
          title="What the database holds"
          minHeight={420}
          condition={conditionOf(reading)}
          meta={
            data !== undefined && (
              <span>
                as of <Time at={data.asOf} />
              </span>
            )
          }
        >
          {view !== null && <PartsTable view={view} />}
        </Panel>
        {/* How long the table is, is known with it: what comes after it is not to be pushed away. */}
        {!reading.isPending && (
          <>
            {(data ?? backUp.data) !== undefined && (
              <BackupPanel data={data ?? null} made={backUp.data ?? null} />
            )}
            <ExportPanel />
          </>
        )}
      </div>
    </>
  )
}

function conditionOf(reading: Reading & { data: unknown; isFetching: boolean }): PanelCondition {
  const { data, isFetching, error } = reading
  if (data === undefined) return waitingCondition(isFetching ? null : error)
  return failedRefresh(reading) ?? { kind: isFetching ? 'refreshing' : 'ready' }
}
