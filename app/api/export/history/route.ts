import { exportResponse } from '#lib/server/export-response.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { BUCKET_COLUMNS } from '#lib/services/export/columns.ts'
import { exportHistory } from '#lib/services/export/export-rows.ts'

export const GET = handleRaw(operations.exportHistory, ({ engine, query: { format, ...query } }) =>
  exportResponse({
    pages: exportHistory(engine, query),
    columns: BUCKET_COLUMNS,
    format,
    name: 'switchyard-history',
  }),
)
