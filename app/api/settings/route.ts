import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { readSettings } from '#lib/services/read-settings.ts'
import { saveSettings } from '#lib/services/save-settings.ts'

export const GET = handle(operations.readSettings, ({ engine }) => readSettings(engine))

export const PUT = handle(operations.saveSettings, ({ engine, body, author }) =>
  saveSettings(engine, body, author),
)
