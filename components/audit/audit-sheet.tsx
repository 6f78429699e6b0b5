'use client'

import { useQuery } from '@tanstack/react-query'
import { PanelState } from '#components/ui/panel-state.tsx'
import { SideSheet } from '#components/ui/side-sheet.tsx'
import { auditQueries } from '#lib/client/audit-queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { capitalise } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { AuditDetail } from './audit-detail.tsx'
import { useOpenEntry } from './use-open-entry.ts'

/** The entry that the URL names, beside the page. */
export function AuditSheet() {
  const { number, close } = useOpenEntry()
  const { data, error } = useQuery({ ...auditQueries.entry(number ?? 0), enabled: number !== null })
  const entry = number === null ? undefined : data
  return (
    <SideSheet
      open={number !== null}
      onClose={close}
      title={entry === undefined || entry === null ? 'Entry' : capitalise(entry.summary)}
    >
      {entry === undefined || entry === null ? (
        <PanelState condition={conditionOf(entry, error)} minHeight={320} />
      ) : (
        <AuditDetail entry={entry} />
      )}
    </SideSheet>
  )
}

function conditionOf(entry: null | undefined, error: Error | null): PanelCondition {
  if (entry === null) return { kind: 'empty', text: 'There is no such entry.' }
  return waitingCondition(error)
}
