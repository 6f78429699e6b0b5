import { type DemoLoad, demoLoadSchema, type SetDemoLoad } from '#lib/contract/demo-load.ts'
import { AppError } from '#lib/domain/errors.ts'

const TIMEOUT_MS = 2_000

/** Asks the demo's load generator, which is a process of its own, for its pace; `not_found` outside the demo. */
export const readDemoLoad = (controlUrl: string | null): Promise<DemoLoad> =>
  talk(controlUrl, { method: 'GET' })

/** Tells the demo's load generator its pace. */
export const setDemoLoad = (controlUrl: string | null, load: SetDemoLoad): Promise<DemoLoad> =>
  talk(controlUrl, { method: 'PUT', body: JSON.stringify(load) })

async function talk(controlUrl: string | null, init: RequestInit): Promise<DemoLoad> {
  if (controlUrl === null) throw new AppError('not_found', 'This is not the demo: it has no traffic to turn.')
  try {
    const response = await fetch(controlUrl, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    return demoLoadSchema.parse(await response.json())
  } catch (cause) {
    throw new AppError('unavailable', "The demo's traffic does not answer.", { cause })
  }
}
