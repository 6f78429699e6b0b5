import { handleRaw } from '#lib/server/http.ts'
import { metricsResponse } from '#lib/server/metrics/metrics-response.ts'
import { operations } from '#lib/server/operations/index.ts'

export const GET = handleRaw(operations.readMetrics, ({ runtime, request }) =>
  metricsResponse(runtime, request.headers.get('accept')),
)
