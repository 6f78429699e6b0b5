import { exportResponse } from '#lib/server/export-response.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { TRANSITION_COLUMNS } from '#lib/services/export/columns.ts'
import { exportTransitions } from '#lib/services/export/export-rows.ts'

export const GET = handleRaw(operations.exportTransitions, ({ engine, query: { format, ...query } }) =>
  exportResponse({
    pages: exportTransitions(engine, query),
    columns: TRANSITION_COLUMNS,
    format,
    name: 'switchyard-transitions',
  }),
)
