import { once } from 'node:events'
import { chatRequest, connectTo } from './connection.ts'
import { type LoadFindings, type LoadJob, quantile } from './load-jobs.ts'

/** Streams opened in one go, so that no listener's queue overflows. */
const BATCH = 50

const BODY = { model: 'gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'Which platform?' }] }

/** Opens all streams, tells the parent when each has its first token, and keeps them until it is told to close. */
export async function holdStreams(job: Extract<LoadJob, { kind: 'hold' }>): Promise<LoadFindings> {
  const { target, count } = job
  const request = chatRequest(target.port, { headers: target.headers, body: BODY })
  const firstTokens: number[] = []
  let ended = 0
  const open = async () => {
    const connection = connectTo(target.port)
    const sentAt = performance.now()
    await new Promise<void>((resolve) => {
      let begun = false
      connection.exchange(request, {
        body: (piece) => {
          if (begun || !piece.includes(' platform')) return
          begun = true
          firstTokens.push(performance.now() - sentAt)
          resolve()
        },
        reply: () => {
          ended += 1
          resolve()
        },
      })
    })
    return connection
  }
  const connections = []
  for (let begun = 0; begun < count; begun += BATCH) {
    connections.push(...(await Promise.all(Array.from({ length: Math.min(BATCH, count - begun) }, open))))
  }
  const isOver = once(process, 'message')
  process.send?.('open')
  await isOver
  const failed = ended
  for (const connection of connections) connection.close()
  return {
    requests: firstTokens.length,
    failed,
    perSecond: Number.NaN,
    p50: quantile(firstTokens, 0.5),
    p99: quantile(firstTokens, 0.99),
  }
}
