import { setImmediate as nextTurn } from 'node:timers/promises'
import { advanceFleet } from '#lib/services/advance-fleet.ts'
import type { Runtime } from '../runtime.ts'
import { FAMILIES } from './families.ts'
import { METRICS_TYPES, metricsFormatOf } from './metrics-format.ts'
import { metricsText } from './metrics-text.ts'

/** All metrics in the format that `accept` prefers, written while they are read: checks and requests go on in between. */
export function metricsResponse(runtime: Runtime, accept: string | null): Response {
  advanceFleet(runtime.engine.fleet)
  const format = metricsFormatOf(accept)
  const texts = metricsText(FAMILIES, runtime, format)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        await nextTurn()
        const next = await texts.next()
        if (next.done === true) controller.close()
        else controller.enqueue(encoder.encode(next.value))
      },
      cancel: async () => {
        await texts.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: { 'content-type': METRICS_TYPES[format], 'cache-control': 'no-store', vary: 'accept' },
  })
}
