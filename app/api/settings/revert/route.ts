import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { revertSettings } from '#lib/services/revert-settings.ts'

export const POST = handle(operations.revertSettings, ({ engine, body, author }) =>
  revertSettings(engine, body, author),
)
