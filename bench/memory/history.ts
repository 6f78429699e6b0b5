import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openBenchConsole } from '../bench-console.ts'
import { measureOf, type Measure } from '../report.ts'
import { startChild } from '../start-child.ts'
import { startSlowServer } from '../start-slow-server.ts'
import { providerId } from './bench-provider.ts'
import { checksOf, fillYear, type Year } from './fill-year.ts'
import { measurePage } from './provider-page.ts'

const measure = measureOf('history')

const PROVIDERS = 50
const DAYS = 400
const ROUNDS = 40
const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** What the console asks for one chart, by the chart's name. */
const CHARTS: Record<string, (id: string, now: number) => string> = {
  ...Object.fromEntries(
    Object.entries({
      '15 min': 15 * MINUTE,
      '1 h': 60 * MINUTE,
      '6 h': 360 * MINUTE,
      '24 h': DAY,
      '7 days': 7 * DAY,
      '30 days': 30 * DAY,
      '90 days': 90 * DAY,
      '400 days': DAYS * DAY,
    }).map(([name, lengthMs]) => [
      `history, ${name}`,
      (id: string, now: number) => historyPath(id, now, lengthMs),
    ]),
  ),
  'transitions, 30 days': (id, now) =>
    `/api/circuits/${id}/transitions?from=${iso(now - 30 * DAY)}&to=${iso(now)}&limit=500`,
  'check log': (id) => `/api/providers/${id}/checks?limit=100`,
}

const iso = (at: number) => new Date(at).toISOString()
const historyPath = (id: string, now: number, lengthMs: number) =>
  `/api/providers/${id}/history?from=${iso(now - lengthMs)}&to=${iso(now)}&points=720`

/** A year and more of fifty providers: what it takes on the disk, and how long the charts of it take to come, with writes going on. */
export default async function history(): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-year-'))
  const database = join(folder, 'year.db')
  const server = await startSlowServer(50)
  const baseUrl = `http://127.0.0.1:${server.port}/v1`
  const year: Year = { providers: PROVIDERS, days: DAYS, intervalMs: 30_000, now: Date.now(), baseUrl }
  try {
    await fillYear(database, year)
    const { size } = await stat(database)
    const running = await openBenchConsole({ database })
    const args = ['--url', running.url, '--rate', '500', '--batch', '50', '--providers', String(PROVIDERS)]
    const reporter = await startChild(join(import.meta.dirname, 'reporter.ts'), { args })
    await pause(10_000)
    const measures = [
      measure('checks rolled up', [checksOf(year) / 1e6, 'M']),
      measure('database', [size / 1e6, 'MB'], { at: 'most', value: 200 }),
      measure('bytes a check, over all 400 days', [size / checksOf(year), 'B']),
      measure('Uptime Kuma, bytes a check (measured by others, kept whole)', [143, 'B']),
    ]
    for (const [name, path] of Object.entries(CHARTS)) {
      const times = await timesOf(
        (round) => `${running.url}${path(providerId(round % PROVIDERS), Date.now())}`,
      )
      measures.push(measure(`${name}: p95`, [quantile(times, 0.95), 'ms'], { at: 'most', value: 50 }))
    }
    const overview = await timesOf(() => `${running.url}/api/monitor`)
    measures.push(measure('fleet overview: p95', [quantile(overview, 0.95), 'ms'], { at: 'most', value: 20 }))
    measures.push(...(await measurePage(`${running.url}/providers/${providerId(0)}?range=30d`)))
    await reporter.stop()
    await running.stop()
    return measures
  } finally {
    server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function timesOf(urlOf: (round: number) => string): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now()
    const response = await fetch(urlOf(round))
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 200)}`)
    times.push(performance.now() - startedAt)
    await pause(20)
  }
  return times
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN
