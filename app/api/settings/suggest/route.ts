import type { SuggestLine } from '#lib/contract/preview.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { progressResponse } from '#lib/server/progress-response.ts'
import { suggestSettings } from '#lib/services/suggest-settings.ts'

export const POST = handleRaw(operations.suggestSettings, ({ engine, body, request }) =>
  progressResponse(request, {
    run: (watch) => suggestSettings(engine, body, watch),
    lineOf: (suggestion): SuggestLine => ({ type: 'suggestion', suggestion }),
  }),
)
