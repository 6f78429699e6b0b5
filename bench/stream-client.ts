import { get, type ClientRequest } from 'node:http'
import type { StreamEvent } from '#lib/contract/monitor.ts'

/** Which events a client parses; what it does not, it only receives. */
type Wanted = ReadonlySet<StreamEvent['kind']>

/** Opens one event stream; resolves at its first byte. */
export function openStream(
  url: string,
  wanted: Wanted,
  onEvent: (event: StreamEvent, receivedAt: number) => void,
): Promise<{ bytes: () => number; close: () => void }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ bytes: () => number; close: () => void }>()
  let bytes = 0
  let rest = ''
  const request: ClientRequest = get(`${url}/api/monitor/stream`, { agent: false }, (response) => {
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      const receivedAt = Date.now()
      bytes += chunk.length
      resolve({ bytes: () => bytes, close: () => request.destroy() })
      const frames = (rest + chunk).split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const kind = /^event: (\w+)$/m.exec(frame)?.[1] as StreamEvent['kind'] | undefined
        if (kind === undefined || !wanted.has(kind)) continue
        const data = /^data: (.*)$/m.exec(frame)?.[1]
        if (data !== undefined) onEvent(JSON.parse(data) as StreamEvent, receivedAt)
      }
    })
  })
  request.on('error', reject)
  return promise
}
