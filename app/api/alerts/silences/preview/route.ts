import { handle } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { previewMatchers } from '#lib/services/alerts/configure-silences.ts'

export const POST = handle(operations.previewSilence, ({ engine, body }) =>
  previewMatchers(engine, body.matchers),
)
