import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startBenchConsole } from '../bench-console.ts'
import { measureOf, type Measure } from '../report.ts'
import { startChild } from '../start-child.ts'
import { startSlowServer } from '../start-slow-server.ts'

const measure = measureOf('ingest')

const PROVIDERS = 20
const RATE = 11_000
const WARM_UP_MS = Number(process.env['BENCH_WARM_UP_MS'] ?? 10_000)
const MEASURED_MS = Number(process.env['BENCH_MEASURED_MS'] ?? 60_000)

type Counted = { accepted: number; refused: number }

/** Outcomes that another gateway reports over HTTP, while checks run, history is written and rollups are made. */
export default async function ingest(): Promise<Measure[]> {
  const server = await startSlowServer(50)
  const baseUrl = `http://127.0.0.1:${server.port}/v1`
  const running = await startBenchConsole({ count: PROVIDERS, interval: '5s', baseUrl })
  const args = ['--url', running.url, '--rate', String(RATE), '--providers', String(PROVIDERS)]
  const reporter = await startChild(join(import.meta.dirname, 'reporter.ts'), { args })
  const count = async () => {
    reporter.process.send('count')
    const [counted] = (await once(reporter.process, 'message')) as [Counted]
    return counted
  }
  await pause(WARM_UP_MS)
  const before = await count()
  const bytesBefore = await running.databaseBytes()
  running.begin()
  const begunAt = performance.now()
  await pause(MEASURED_MS)
  const after = await count()
  const seconds = (performance.now() - begunAt) / 1_000
  const figures = await running.end()
  const bytes = (await running.databaseBytes()) - bytesBefore
  await reporter.stop()
  await running.stop()
  server.stop()
  const accepted = after.accepted - before.accepted
  return [
    measure('outcomes taken in', [accepted / seconds, '1/s'], { at: 'least', value: 10_000 }),
    measure('outcomes refused', [after.refused, ''], { at: 'most', value: 0 }),
    measure('event-loop delay p99', [figures.loopDelayP99Ms, 'ms'], { at: 'most', value: 5 }),
    measure('CPU an outcome', [(1_000 * figures.cpuMs) / accepted, 'µs']),
    measure('database bytes an outcome', [bytes / accepted, 'B']),
    measure('RSS', [figures.rssMB, 'MB']),
  ]
}
