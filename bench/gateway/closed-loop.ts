import { chatRequest, type Connection, connectTo } from './connection.ts'
import { type LoadFindings, type LoadJob, quantile } from './load-jobs.ts'

const BODY = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Which platform? '.repeat(16) }] }

/** Keeps every connection busy; counts and times what ends after the warm-up. */
export async function runClosed(job: Extract<LoadJob, { kind: 'closed' }>): Promise<LoadFindings> {
  const { target, connections, warmUpMs, measuredMs } = job
  const request = chatRequest(target.port, { headers: target.headers, body: BODY })
  const measuredFrom = performance.now() + warmUpMs
  const endsAt = measuredFrom + measuredMs
  const times: number[] = []
  let failed = 0
  const lane = (connection: Connection, done: () => void) => {
    const sentAt = performance.now()
    connection.exchange(request, {
      reply: ({ status }) => {
        const now = performance.now()
        if (now >= measuredFrom) {
          if (status === 200) times.push(now - sentAt)
          else failed += 1
        }
        if (now < endsAt) {
          lane(connection.isOpen() ? connection : connectTo(target.port), done)
          return
        }
        connection.close()
        done()
      },
    })
  }
  const lanes = Array.from(
    { length: connections },
    () => new Promise<void>((resolve) => lane(connectTo(target.port), resolve)),
  )
  await Promise.all(lanes)
  return {
    requests: times.length,
    failed,
    perSecond: times.length / (measuredMs / 1_000),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
}
