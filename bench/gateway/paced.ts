import { chatRequest, type Connection, connectTo } from './connection.ts'
import { type LoadFindings, type LoadJob, quantile } from './load-jobs.ts'

/** Closer to the next due time than a timer can be trusted with, the loop is turned instead. */
const TIMER_SLACK_MS = 2
const messages = [{ role: 'user', content: 'Which platform? '.repeat(16) }]

/** Sends at evenly spaced times, whatever becomes of what was sent before, and times each from when it was due. */
export async function runPaced(job: Extract<LoadJob, { kind: 'paced' | 'streams' }>): Promise<LoadFindings> {
  const { target, perSecond, warmUpMs, measuredMs } = job
  const isStream = job.kind === 'streams'
  const body = { model: 'gpt-4o-mini', ...(isStream ? { stream: true } : {}), messages }
  const request = chatRequest(target.port, { headers: target.headers, body })
  const gapMs = 1_000 / perSecond
  const total = Math.round((warmUpMs + measuredMs) / gapMs)
  const skipped = Math.round(warmUpMs / gapMs)
  const idle: Connection[] = []
  const times: number[] = []
  let failed = 0

  const send = (index: number, dueAt: number) => {
    const connection = idle.pop() ?? connectTo(target.port)
    let firstTokenAt: number | null = null
    return new Promise<void>((resolve) => {
      connection.exchange(request, {
        body: isStream
          ? (piece) => {
              if (firstTokenAt === null && piece.includes(' platform')) firstTokenAt = performance.now()
            }
          : undefined,
        reply: ({ status }) => {
          const tookMs = (isStream ? (firstTokenAt ?? Number.NaN) : performance.now()) - dueAt
          if (connection.isOpen()) idle.push(connection)
          if (index >= skipped) {
            if (status === 200 && !Number.isNaN(tookMs)) times.push(tookMs)
            else failed += 1
          }
          resolve()
        },
      })
    })
  }

  const startsAt = performance.now() + gapMs
  const sent: Promise<void>[] = []
  for (let index = 0; index < total; index += 1) {
    const dueAt = startsAt + index * gapMs
    await until(dueAt)
    sent.push(send(index, dueAt))
  }
  await Promise.all(sent)
  for (const connection of idle) connection.close()
  return {
    requests: times.length,
    failed,
    perSecond,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
}

async function until(at: number): Promise<void> {
  for (let left = at - performance.now(); left > 0; left = at - performance.now()) {
    await new Promise<void>((resolve) => {
      if (left > TIMER_SLACK_MS) setTimeout(resolve, left - TIMER_SLACK_MS)
      else setImmediate(resolve)
    })
  }
}
