'use client'

import { useMemo, useState } from 'react'
import { useNameOf } from '#components/routing/use-name-of.ts'
import { LineTable } from '#components/ui/line-table.tsx'
import { LoadOlder } from '#components/ui/load-older.tsx'
import { NoMatch } from '#components/ui/no-match.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { auditLine } from '#lib/view/audit-view.ts'
import { formatCount } from '#lib/view/format.ts'
import { AuditExport } from './audit-export.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { AuditLine } from './audit-line.tsx'
import styles from './audit-list.module.css'
import { useAudit } from './use-audit.ts'
import { useAuditFilter } from './use-audit-filter.ts'
import { useOpenEntry } from './use-open-entry.ts'

const COLUMNS = ['When', 'Who', 'Action', 'About', 'What', 'Outcome'] as const

/** The entries that the URL asks for, newest first, with what to ask for and to download. */
export function AuditList() {
  const { filter, clear, inForce } = useAuditFilter()
  const [timesCleared, setTimesCleared] = useState(0)
  const onClear = () => {
    clear()
    setTimesCleared(timesCleared + 1)
  }
  const { entries, log, condition } = useAudit(filter)
  const nameOf = useNameOf()
  const { number, open } = useOpenEntry()
  const lines = useMemo(() => entries.map((entry) => auditLine(entry, nameOf)), [entries, nameOf])
  const noun = lines.length === 1 ? 'entry' : 'entries'
  const count = `${formatCount(lines.length)} ${log.hasNextPage ? 'newest' : noun}`
  return (
    <>
      <AuditFilters entries={entries} timesCleared={timesCleared} onClear={onClear} />
      <Panel
        title="Entries"
        condition={condition}
        minHeight={320}
        meta={
          <>
            {lines.length > 0 && <span>{count}</span>}
            <AuditExport />
          </>
        }
      >
        {lines.length === 0 && inForce.length > 0 ? (
          <NoMatch thing="entry" inForce={inForce} onClear={onClear} />
        ) : (
          <LineTable
            label="Entries of the audit"
            columns={COLUMNS}
            headClassName={styles.head}
            lines={lines.map((line) => (
              <AuditLine key={line.number} line={line} isOpen={line.number === number} onOpen={open} />
            ))}
          />
        )}
        <LoadOlder log={log} />
      </Panel>
    </>
  )
}
