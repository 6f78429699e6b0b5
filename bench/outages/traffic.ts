import { chatRequest, type Connection, connectTo } from '../gateway/connection.ts'
import type { Target } from '../gateway/load-jobs.ts'
import { PATIENCE_MS, PER_SECOND } from './script.ts'

/** One request as its client saw it. */
export type Sent = {
  at: number
  /** Null when the client went away on purpose, or was told that its request is bad. */
  isLost: boolean | null
  tookMs: number
}

/** Steady traffic, every other request a stream. */
export type Traffic = {
  /** From now on clients go away after so long; null: they wait for their answer, within reason. */
  setImpatience: (ms: number | null) => void
  /** What has been sent and has ended. */
  sent: () => readonly Sent[]
  /** Sends no more, and waits for what is under way. */
  stop: () => Promise<void>
}

const messages = [{ role: 'user', content: 'Which platform?' }]
const WHOLE_END = '"finish_reason":"stop"'
const STREAM_END = '[DONE]'

/** Begins to send at an even pace. */
export function startTraffic(target: Target): Traffic {
  const requests = [false, true].map((stream) =>
    chatRequest(target.port, {
      headers: target.headers,
      body: { model: 'gpt-4o-mini', ...(stream ? { stream } : {}), messages },
    }),
  )
  const idle: Connection[] = []
  const sent: Sent[] = []
  const underWay = new Set<Promise<void>>()
  let impatientMs: number | null = null
  let count = 0

  const send = (request: Buffer, end: string, goesAfterMs: number | null) => {
    const at = Date.now()
    const connection = idle.pop() ?? connectTo(target.port)
    let body = ''
    return new Promise<void>((resolve) => {
      const limit = setTimeout(() => connection.close(), goesAfterMs ?? PATIENCE_MS)
      connection.exchange(request, {
        body: (piece) => {
          body += piece.toString()
        },
        reply: ({ status }) => {
          clearTimeout(limit)
          if (connection.isOpen()) idle.push(connection)
          const isWhole = status === 200 && body.includes(end) && !body.includes('"error"')
          const isItsOwn = status === 400 || (goesAfterMs !== null && status === 0)
          sent.push({ at, isLost: isItsOwn ? null : !isWhole, tookMs: Date.now() - at })
          resolve()
        },
      })
    })
  }

  const timer = setInterval(() => {
    const isStream = count % 2 === 1
    count += 1
    const request = requests[Number(isStream)]
    if (request === undefined) return
    const running = send(request, isStream ? STREAM_END : WHOLE_END, impatientMs).finally(() =>
      underWay.delete(running),
    )
    underWay.add(running)
  }, 1_000 / PER_SECOND)

  return {
    setImpatience: (ms) => {
      impatientMs = ms
    },
    sent: () => sent,
    stop: async () => {
      clearInterval(timer)
      await Promise.all(underWay)
      for (const connection of idle) connection.close()
    },
  }
}
