'use client'

import { ExportLinks } from '#components/data/export-links.tsx'
import { rangeMs } from '#lib/view/time-range.ts'
import { useAuditFilter } from './use-audit-filter.ts'

/** Downloads of the entries that the page shows, all of them. */
export function AuditExport() {
  const { time, ...filter } = useAuditFilter().filter
  const window = time === null ? null : typeof time === 'string' ? { backMs: rangeMs(time) } : time
  return <ExportLinks what="audit" window={window} filter={filter} />
}
