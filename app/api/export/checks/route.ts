import { exportResponse } from '#lib/server/export-response.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { CHECK_COLUMNS } from '#lib/services/export/columns.ts'
import { exportChecks } from '#lib/services/export/export-rows.ts'

export const GET = handleRaw(operations.exportChecks, ({ engine, query: { format, ...query } }) =>
  exportResponse({
    pages: exportChecks(engine, query),
    columns: CHECK_COLUMNS,
    format,
    name: 'switchyard-checks',
  }),
)
