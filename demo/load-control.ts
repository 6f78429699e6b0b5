import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { type DemoLoad, setDemoLoadSchema } from '#lib/contract/demo-load.ts'
import { openListener } from './listener.ts'
import type { Load } from './load.ts'
import { sendJson } from './send-json.ts'

/** Where the pace of the demo's traffic can be read and set: `GET` and `PUT` on a port of the loopback interface. */
export type LoadControl = { url: string; stop: () => Promise<void> }

/** Opens the control port; until there is traffic it answers 503. */
export async function openLoadControl(load: () => Load | null): Promise<LoadControl> {
  const listener = await openListener(0, (request, response) => {
    const running = load()
    if (running === null) {
      request.resume()
      sendJson(response, { status: 503, body: { error: 'there is no traffic yet' } })
      return
    }
    if (request.method !== 'PUT') {
      sendJson(response, { body: stateOf(running) })
      return
    }
    void json(request)
      .catch(() => null)
      .then((body) => {
        const asked = setDemoLoadSchema.safeParse(body)
        if (!asked.success) {
          sendJson(response, { status: 422, body: { error: z.prettifyError(asked.error) } })
          return
        }
        running.setPace(asked.data.requestsPerSecond)
        sendJson(response, { body: stateOf(running) })
      })
  })
  return { url: `http://127.0.0.1:${listener.port}`, stop: () => listener.setOpen(false) }
}

function stateOf(load: Load): DemoLoad {
  const { sent, failed, inFlight } = load.counts()
  return { requestsPerSecond: load.pace(), sent, failed, inFlight }
}
