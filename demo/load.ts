import { askGateway } from './ask-gateway.ts'
import { nextQuestion } from './questions.ts'

export type LoadOptions = {
  /** Where the gateway listens. */
  gatewayUrl: string
  requestsPerSecond: number
  /** Requests in flight at most; one that finds none free is not sent. */
  maxInFlight: number
  random: () => number
  now?: () => number
}

export type LoadCounts = { sent: number; failed: number; gaveUp: number; skipped: number; inFlight: number }

/** Traffic in progress. */
export type Load = {
  counts: () => LoadCounts
  pace: () => number
  setPace: (requestsPerSecond: number) => void
  /** Gives up what is in flight. */
  stop: () => Promise<void>
}

const TIMEOUT_MS = 30_000
const TICK_MS = 20
/** After a pause of the process traffic goes on; it does not make up for what was missed. */
const MOST_MISSED_MS = 200

/** Sends evenly paced traffic to the gateway; goes on while that is away. */
export function startLoad(options: LoadOptions): Load {
  const { gatewayUrl, random, now = () => performance.now() } = options
  const giveUp = new AbortController()
  const inFlight = new Set<Promise<void>>()
  const counts = { sent: 0, failed: 0, gaveUp: 0, skipped: 0 }
  let requestsPerSecond = options.requestsPerSecond
  let owed = 0
  let tickedAt = now()

  const send = async () => {
    counts.sent += 1
    const ending = await askGateway(gatewayUrl, nextQuestion(random), {
      timeoutMs: TIMEOUT_MS,
      signal: giveUp.signal,
    })
    if (ending === 'failed') counts.failed += 1
    if (ending === 'gave_up') counts.gaveUp += 1
  }

  const tick = () => {
    const at = now()
    owed += (Math.min(at - tickedAt, MOST_MISSED_MS) / 1_000) * requestsPerSecond
    tickedAt = at
    for (; owed >= 1; owed -= 1) {
      if (inFlight.size >= options.maxInFlight) {
        counts.skipped += 1
        continue
      }
      const running = send().finally(() => inFlight.delete(running))
      inFlight.add(running)
    }
  }

  const timer = setInterval(tick, TICK_MS)
  return {
    counts: () => ({ ...counts, inFlight: inFlight.size }),
    pace: () => requestsPerSecond,
    setPace: (next) => {
      requestsPerSecond = next
      owed = 0
    },
    stop: async () => {
      clearInterval(timer)
      giveUp.abort()
      await Promise.all(inFlight)
    },
  }
}
