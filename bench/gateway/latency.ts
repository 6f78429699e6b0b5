import { measureOf, type Measure } from '../report.ts'
import { type Contender, startBare, startSwitchyard, startUpstream } from './contenders.ts'
import { type LoadFindings, median } from './load-jobs.ts'
import { startLoadClient } from './start-load-client.ts'

const measure = measureOf('latency')

const RATES = [100, 500]
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const MEASURED_MS = Number(process.env['BENCH_SECONDS'] ?? 15) * 1_000
const WARM_UP_MS = Number(process.env['BENCH_WARM_UP_MS'] ?? 3_000)

/** What Switchyard adds to a request at an even pace, each timed from when it was due, with checks and history going on. */
export default async function latency(): Promise<Measure[]> {
  const upstream = await startUpstream({ tokens: 8, gapMs: 5 })
  const client = await startLoadClient()
  const contenders: Contender[] = []
  const measures: Measure[] = []
  try {
    contenders.push(await startBare(upstream))
    contenders.push(await startSwitchyard(upstream))
    for (const perSecond of RATES) {
      const found = new Map<string, LoadFindings[]>(contenders.map(({ name }) => [name, []]))
      for (let round = 0; round < ROUNDS; round += 1) {
        // Each goes first as often as last.
        for (const { name, target } of round % 2 === 0 ? contenders : contenders.toReversed()) {
          const pace = { perSecond, warmUpMs: WARM_UP_MS, measuredMs: MEASURED_MS }
          found.get(name)?.push(await client.run({ kind: 'paced', target, ...pace }))
        }
      }
      measures.push(...measuresOf(perSecond, found))
    }
  } finally {
    for (const contender of contenders) await contender.stop()
    await client.stop()
    await upstream.stop()
  }
  return measures
}

function measuresOf(perSecond: number, found: ReadonlyMap<string, readonly LoadFindings[]>): Measure[] {
  const of = (name: string, key: 'p50' | 'p99') => median((found.get(name) ?? []).map((one) => one[key]))
  const over = (key: 'p50' | 'p99') => of('Switchyard', key) - of('bare proxy', key)
  const failed = (name: string) => (found.get(name) ?? []).reduce((sum, one) => sum + one.failed, 0)
  return [
    measure(`${perSecond}/s: bare proxy p50`, [of('bare proxy', 'p50'), 'ms']),
    measure(`${perSecond}/s: bare proxy p99`, [of('bare proxy', 'p99'), 'ms']),
    measure(`${perSecond}/s: added by Switchyard, p50`, [over('p50'), 'ms'], { at: 'most', value: 0.2 }),
    measure(`${perSecond}/s: added by Switchyard, p99`, [over('p99'), 'ms'], { at: 'most', value: 2 }),
    ...[...found.keys()].map((name) =>
      measure(`${perSecond}/s: ${name}, requests failed`, [failed(name), ''], { at: 'most', value: 0 }),
    ),
  ]
}
