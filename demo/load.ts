import type { ReportedOutcome } from '#lib/contract/check.ts'
import { callProvider, type Target } from './call-provider.ts'

export type LoadOptions = {
  targets: readonly [Target, ...Target[]]
  /** The console's `POST /api/outcomes`. */
  reportUrl: string
  requestsPerSecond: number
  /** Calls in flight at most; a call that finds none free is not made. */
  maxInFlight: number
  random: () => number
  now?: () => number
}

type LoadCounts = {
  called: number
  skipped: number
  reported: number
  waiting: number
  dropped: number
}

/** Traffic in progress. */
export type Load = {
  counts: () => LoadCounts
  /** Gives up the calls in flight and reports what is left, once. */
  stop: () => Promise<void>
}

const CALL_TIMEOUT_MS = 10_000
const REPORT_EVERY_MS = 500
const REPORT_TIMEOUT_MS = 5_000
const BATCH = 1_000
/** Outcomes kept while the console is away; the oldest go first. */
const MAX_WAITING = 5_000

/** Sends evenly paced traffic to the providers and reports how each call ended; goes on while the console is away. */
export function startLoad(options: LoadOptions): Load {
  const { targets, random, now = Date.now } = options
  const giveUp = new AbortController()
  const inFlight = new Set<Promise<void>>()
  let waiting: ReportedOutcome[] = []
  let reporting: Promise<void> | null = null
  const counts = { called: 0, skipped: 0, reported: 0, dropped: 0 }

  const call = async (target: Target) => {
    const model = pick(target.models, random()) ?? ''
    counts.called += 1
    const outcome = await callProvider(target, {
      model,
      timeoutMs: CALL_TIMEOUT_MS,
      signal: giveUp.signal,
      now,
    })
    waiting.push(outcome)
    if (waiting.length > MAX_WAITING) {
      waiting.shift()
      counts.dropped += 1
    }
  }

  const tick = () => {
    if (inFlight.size >= options.maxInFlight) {
      counts.skipped += 1
      return
    }
    const running = call(pick(targets, random()) ?? targets[0]).finally(() => inFlight.delete(running))
    inFlight.add(running)
  }

  const report = async () => {
    const batch = waiting.slice(0, BATCH)
    if (batch.length === 0) return
    waiting = waiting.slice(BATCH)
    const verdict = await postOutcomes(options.reportUrl, batch)
    if (verdict === 'accepted') counts.reported += batch.length
    // A refused batch would be refused again; one that met nobody is kept for later.
    else if (verdict === 'refused') counts.dropped += batch.length
    else waiting = [...batch, ...waiting].slice(-MAX_WAITING)
  }
  const reportInTurn = () => {
    reporting ??= report().finally(() => {
      reporting = null
    })
    return reporting
  }

  const timers = [
    setInterval(tick, 1_000 / options.requestsPerSecond),
    setInterval(() => void reportInTurn(), REPORT_EVERY_MS),
  ]
  return {
    counts: () => ({ ...counts, waiting: waiting.length }),
    stop: async () => {
      timers.forEach(clearInterval)
      giveUp.abort()
      await Promise.all(inFlight)
      await reporting
      await report()
    },
  }
}

const pick = <Item>(items: readonly Item[], roll: number): Item | undefined =>
  items[Math.floor(roll * items.length)]

async function postOutcomes(
  url: string,
  outcomes: readonly ReportedOutcome[],
): Promise<'accepted' | 'refused' | 'away'> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(outcomes),
      signal: AbortSignal.timeout(REPORT_TIMEOUT_MS),
    })
    await response.arrayBuffer()
    if (response.ok) return 'accepted'
    return response.status >= 500 ? 'away' : 'refused'
  } catch {
    return 'away'
  }
}
