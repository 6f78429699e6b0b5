import { authorNamed } from '#lib/domain/access/author.ts'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { resetCircuit } from '#lib/services/reset-circuit.ts'
import { startBenchFleet, type BenchFleet } from './bench-fleet.ts'
import { databaseSize } from './database-size.ts'
import { measureOf, type Measure } from './report.ts'
import { startSlowServer } from './start-slow-server.ts'

const measure = measureOf('scheduler')

const PROVIDERS = 2_000
const WARM_UP_MS = Number(process.env['BENCH_WARM_UP_MS'] ?? 60_000)
const MEASURED_MS = Number(process.env['BENCH_MEASURED_MS'] ?? 60_000)

const NS_PER_MS = 1e6
const BYTES_PER_MB = 1e6

/** 2,000 providers every 2 s against a server that answers in 50 ms: 1,000 checks a second in this process, history written. */
export default async function scheduler(): Promise<Measure[]> {
  const server = await startSlowServer(50)
  const fleet = await startBenchFleet({
    count: PROVIDERS,
    interval: '2s',
    baseUrl: `http://127.0.0.1:${server.port}/v1`,
  })
  const { runtime, databasePath } = fleet
  await delay(WARM_UP_MS)
  fleet.takeLateness()
  const rssAfterFirstMinute = process.memoryUsage.rss()
  const before = {
    checks: fleet.counts().checks,
    cpu: process.cpuUsage(),
    disk: await databaseSize(databasePath),
  }
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const commits = await timeCommits(fleet, MEASURED_MS)
  loop.disable()
  const cpu = process.cpuUsage(before.cpu)
  const done = fleet.counts().checks - before.checks
  const rss = process.memoryUsage.rss()
  const lateness = fleet.takeLateness().sort((a, b) => a - b)
  await runtime.stop()
  const { checks, notOk } = fleet.counts()
  const disk = await databaseSize(databasePath)
  server.stop()
  fleet.remove()
  return [
    measure('checks a second', [done / (MEASURED_MS / 1_000), '1/s'], { at: 'least', value: 990 }),
    measure('lateness p99', [lateness[Math.floor(lateness.length * 0.99)] ?? Number.NaN, 'ms'], {
      at: 'most',
      value: 50,
    }),
    measure('transition on disk p50', [commits[Math.floor(commits.length * 0.5)] ?? Number.NaN, 'ms']),
    measure('transition on disk p99', [commits[Math.floor(commits.length * 0.99)] ?? Number.NaN, 'ms'], {
      at: 'most',
      value: 20,
    }),
    measure('event-loop delay p99', [loop.percentile(99) / NS_PER_MS, 'ms'], { at: 'most', value: 5 }),
    measure('CPU a check', [(cpu.user + cpu.system) / 1_000 / done, 'ms'], { at: 'most', value: 0.5 }),
    measure(
      'database bytes a check',
      [(disk.bytes - before.disk.bytes) / (disk.checks - before.disk.checks), 'B'],
      { at: 'most', value: 100 },
    ),
    measure('checks missing in the history', [checks - disk.checks, ''], { at: 'most', value: 0 }),
    measure('checks not ok', [notOk, ''], { at: 'most', value: 0 }),
    measure('RSS', [rss / BYTES_PER_MB, 'MB'], { at: 'most', value: 400 }),
    measure('RSS grown after the first minute', [(rss - rssAfterFirstMinute) / BYTES_PER_MB, 'MB'], {
      at: 'most',
      value: 20,
    }),
  ]
}

/** For `forMs`, resets a circuit five times a second; how long each reset took to be on disk, ascending, in ms. */
async function timeCommits({ runtime }: BenchFleet, forMs: number): Promise<number[]> {
  const endsAt = performance.now() + forMs
  const took: number[] = []
  for (let i = 0; performance.now() < endsAt; i += 1) {
    const begunAt = performance.now()
    const address = { providerId: `bench-${i % 50}`, model: null }
    await resetCircuit(runtime.engine, address, {
      input: { to: 'closed', reason: 'bench' },
      author: authorNamed('bench'),
    })
    took.push(performance.now() - begunAt)
    await delay(200)
  }
  return took.sort((a, b) => a - b)
}
