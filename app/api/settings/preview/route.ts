import type { PreviewLine } from '#lib/contract/preview.ts'
import { handleRaw } from '#lib/server/http.ts'
import { operations } from '#lib/server/operations/index.ts'
import { progressResponse } from '#lib/server/progress-response.ts'
import { previewSettings } from '#lib/services/preview-settings.ts'

export const POST = handleRaw(operations.previewSettings, ({ engine, body, request }) =>
  progressResponse(request, {
    run: ({ tell, ...watch }) =>
      previewSettings(engine, body, {
        ...watch,
        onProvider: (provider) => tell({ type: 'provider', provider }),
      }),
    lineOf: (preview): PreviewLine => ({ type: 'preview', preview }),
  }),
)
