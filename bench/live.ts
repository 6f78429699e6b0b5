import { setTimeout as delay } from 'node:timers/promises'
import type { StreamEvent } from '#lib/contract/monitor.ts'
import { startBenchConsole, type BenchConsole } from './bench-console.ts'
import { measureOf, type Measure } from './report.ts'
import { startSlowServer } from './start-slow-server.ts'
import { openStream } from './stream-client.ts'

const measure = measureOf('live')

const CLIENTS = 100
const CALM_MS = Number(process.env['BENCH_CALM_MS'] ?? 15_000)
const WARM_UP_MS = Number(process.env['BENCH_WARM_UP_MS'] ?? 30_000)
const BUSY_MS = Number(process.env['BENCH_MEASURED_MS'] ?? 30_000)

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN

type Watch = {
  transitions: number[]
  rows: number[]
  lateness: number[]
  bytes: () => number
  close: () => void
}

/** A hundred streams; every tenth times transitions, the first one also rows and the schedule behind them. */
async function watch({ url }: BenchConsole): Promise<Watch> {
  const transitions: number[] = []
  const rows: number[] = []
  const lateness: number[] = []
  const dueAt = new Map<string, number>()
  const onRow = (event: Extract<StreamEvent, { kind: 'provider' }>, receivedAt: number) => {
    const { id, lastResult, nextCheckAt } = event.row
    if (lastResult) {
      const [endedAt, , latencyMs] = lastResult
      rows.push(receivedAt - Date.parse(endedAt))
      const due = dueAt.get(id)
      if (due !== undefined && latencyMs !== null) lateness.push(Date.parse(endedAt) - latencyMs - due)
    }
    if (nextCheckAt !== null) dueAt.set(id, Date.parse(nextCheckAt))
  }
  const onEvent = (event: StreamEvent, receivedAt: number) => {
    if (event.kind === 'transition') transitions.push(receivedAt - Date.parse(event.event.at))
    if (event.kind === 'provider') onRow(event, receivedAt)
  }
  const streams = await Promise.all(
    Array.from({ length: CLIENTS }, (_, i) =>
      openStream(
        url,
        new Set(i === 0 ? ['transition', 'provider'] : i % 10 === 0 ? ['transition'] : []),
        onEvent,
      ),
    ),
  )
  return {
    transitions,
    rows,
    lateness,
    bytes: () => streams.reduce((sum, stream) => sum + stream.bytes(), 0),
    close: () => streams.forEach((stream) => stream.close()),
  }
}

/** Resets circuits one after another, so that transitions flow at a known pace. */
async function makeTransitions({ api }: BenchConsole, untilMs: number): Promise<void> {
  const endsAt = Date.now() + untilMs
  for (let i = 0; Date.now() < endsAt; i += 1) {
    const id = `bench-${String(i % 50).padStart(4, '0')}`
    await api('POST', `/api/circuits/${id}/reset`, { to: 'closed', reason: 'bench' })
    await delay(100)
  }
}

/** Fifty checks a second, a hundred clients: everything at once. */
async function calm(baseUrl: string): Promise<Measure[]> {
  const running = await startBenchConsole({ count: 100, interval: '2s', baseUrl })
  await delay(5_000)
  const seen = await watch(running)
  await delay(2_000)
  seen.transitions.length = 0
  seen.rows.length = 0
  await makeTransitions(running, CALM_MS)
  await delay(500)
  seen.close()
  await running.stop()
  return [
    measure('transition to client p95, 50 checks/s', [quantile(seen.transitions, 0.95), 'ms'], {
      at: 'most',
      value: 50,
    }),
    measure('row to client p95, 50 checks/s', [quantile(seen.rows, 0.95), 'ms'], { at: 'most', value: 50 }),
  ]
}

/** A thousand checks a second, a hundred clients: rows coalesced, transitions still at once, the schedule kept. */
async function busy(baseUrl: string): Promise<Measure[]> {
  const running = await startBenchConsole({ count: 2_000, interval: '2s', baseUrl })
  const seen = await watch(running)
  await delay(WARM_UP_MS)
  for (const list of [seen.transitions, seen.rows, seen.lateness]) list.length = 0
  const bytesBefore = seen.bytes()
  running.begin()
  const begunAt = performance.now()
  await makeTransitions(running, BUSY_MS)
  const seconds = (performance.now() - begunAt) / 1_000
  const figures = await running.end()
  const bytes = seen.bytes() - bytesBefore
  const measured = [
    measure('rows a second and client', [seen.rows.length / seconds, '1/s'], { at: 'least', value: 900 }),
    measure('transition to client p95, 1,000 checks/s', [quantile(seen.transitions, 0.95), 'ms'], {
      at: 'most',
      value: 50,
    }),
    measure('row to client p95, 1,000 checks/s', [quantile(seen.rows, 0.95), 'ms']),
    measure('lateness p99 with 100 clients', [quantile(seen.lateness, 0.99), 'ms'], {
      at: 'most',
      value: 50,
    }),
    measure('event-loop delay p99 with 100 clients', [figures.loopDelayP99Ms, 'ms'], {
      at: 'most',
      value: 5,
    }),
    measure('CPU a check with 100 clients', [figures.cpuMs / (seen.rows.length || 1), 'ms'], {
      at: 'most',
      value: 0.5,
    }),
    measure('RSS with 100 clients', [figures.rssMB, 'MB'], { at: 'most', value: 400 }),
    measure('bytes a second and client', [bytes / seconds / CLIENTS, 'B/s']),
  ]
  measured.push(
    measure('RSS once each has opened the overview too', [await rssAfterPages(running), 'MB'], {
      at: 'most',
      value: 400,
    }),
  )
  seen.close()
  await running.stop()
  return measured
}

/** What opening the overview a hundred times adds to what the process holds, while all goes on. */
async function rssAfterPages({ url, begin, end }: BenchConsole): Promise<number> {
  for (let client = 0; client < CLIENTS; client += 1) await (await fetch(url)).text()
  begin()
  await delay(CALM_MS)
  return (await end()).rssMB
}

/** The live stream with a hundred clients on the production server. */
export default async function live(): Promise<Measure[]> {
  const server = await startSlowServer(50)
  const baseUrl = `http://127.0.0.1:${server.port}/v1`
  try {
    return [...(await calm(baseUrl)), ...(await busy(baseUrl))]
  } finally {
    server.stop()
  }
}
