import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readSettingsVersions } from '#lib/services/read-settings-versions.ts'

export const GET = handle(operations.readSettingsVersions, ({ engine, query }) =>
  readSettingsVersions(engine, query),
)
