import { get, type ClientRequest } from 'node:http'
import { constants, createGunzip } from 'node:zlib'
import type { StreamEvent } from '#lib/contract/monitor.ts'

/** Which events a client parses; what it does not, it only receives. */
type Wanted = ReadonlySet<StreamEvent['kind']>

/**
 * Opens one event stream, compressed as browsers ask for it; resolves at its first byte. A client that wants no kind
 * of event only receives: it stands for a browser on another machine, which undoes the compression there.
 */
export function openStream(
  url: string,
  wanted: Wanted,
  onEvent: (event: StreamEvent, receivedAt: number) => void,
): Promise<{ bytes: () => number; close: () => void }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ bytes: () => number; close: () => void }>()
  let bytes = 0
  let rest = ''
  const read = (text: string) => {
    const receivedAt = Date.now()
    const frames = (rest + text).split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const kind = /^event: (\w+)$/m.exec(frame)?.[1] as StreamEvent['kind'] | undefined
      if (kind === undefined || !wanted.has(kind)) continue
      const data = /^data: (.*)$/m.exec(frame)?.[1]
      if (data !== undefined) onEvent(JSON.parse(data) as StreamEvent, receivedAt)
    }
  }
  const headers = { 'accept-encoding': 'gzip' }
  const request: ClientRequest = get(`${url}/api/monitor/stream`, { agent: false, headers }, (response) => {
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      resolve({ bytes: () => bytes, close: () => request.destroy() })
    })
    if (wanted.size === 0) return
    const plain = response.pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }))
    plain.setEncoding('utf8').on('data', read)
  })
  request.on('error', reject)
  return promise
}
