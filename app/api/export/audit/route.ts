import { exportResponse } from '#lib/server/export-response.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { AUDIT_COLUMNS } from '#lib/services/export/columns.ts'
import { exportAudit } from '#lib/services/export/export-rows.ts'

export const GET = handleRaw(operations.exportAudit, ({ engine, query: { format, ...query } }) =>
  exportResponse({
    pages: exportAudit(engine, query),
    columns: AUDIT_COLUMNS,
    format,
    name: 'switchyard-audit',
  }),
)
