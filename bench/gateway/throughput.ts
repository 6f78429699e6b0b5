import { measureOf, type Measure } from '../report.ts'
import {
  type Contender,
  startBare,
  startLeast,
  startPortkeyContender,
  startSwitchyard,
  startUpstream,
} from './contenders.ts'
import { type LoadFindings, median } from './load-jobs.ts'
import { startLoadClient } from './start-load-client.ts'

const measure = measureOf('gateway')

const CONNECTIONS = 32
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const MEASURED_MS = Number(process.env['BENCH_SECONDS'] ?? 15) * 1_000
const WARM_UP_MS = Number(process.env['BENCH_WARM_UP_MS'] ?? 3_000)

/**
 * Requests a second with 32 connections, each waiting for its answer: a bare proxy, the least that can be
 * done, Switchyard and Portkey, taking turns.
 */
export default async function gateway(): Promise<Measure[]> {
  const upstream = await startUpstream({ tokens: 8, gapMs: 5 })
  const client = await startLoadClient()
  const contenders: Contender[] = []
  const found = new Map<string, LoadFindings[]>()
  try {
    contenders.push(await startBare(upstream))
    contenders.push(await startLeast(upstream))
    contenders.push(await startSwitchyard(upstream))
    contenders.push(await startPortkeyContender(upstream))
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const { name, target } of shuffled(contenders)) {
        const load = { connections: CONNECTIONS, warmUpMs: WARM_UP_MS, measuredMs: MEASURED_MS }
        const findings = await client.run({ kind: 'closed', target, ...load })
        const { perSecond, p50, p99 } = findings
        console.log(
          `  round ${round}: ${name} ${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
        )
        found.set(name, [...(found.get(name) ?? []), findings])
      }
    }
  } finally {
    for (const contender of contenders) await contender.stop()
    await client.stop()
    await upstream.stop()
  }
  return measuresOf(contenders, found)
}

function measuresOf(
  contenders: readonly Contender[],
  found: ReadonlyMap<string, readonly LoadFindings[]>,
): Measure[] {
  const of = (name: string, key: keyof LoadFindings) => median((found.get(name) ?? []).map((one) => one[key]))
  const worst = (name: string) => Math.max(...(found.get(name) ?? []).map(({ failed }) => failed))
  const ratio = (key: 'perSecond' | 'p99', peer: string) => of('Switchyard', key) / of(peer, key)
  const leastOverPortkey = of('least proxy', 'perSecond') / of('Portkey', 'perSecond')
  return [
    ...contenders.flatMap(({ name }) => [
      measure(`${name}: requests a second`, [of(name, 'perSecond'), '1/s']),
      measure(`${name}: p50`, [of(name, 'p50'), 'ms']),
      measure(`${name}: p99`, [of(name, 'p99'), 'ms']),
      measure(`${name}: requests failed in a round`, [worst(name), ''], { at: 'most', value: 0 }),
    ]),
    measure('Switchyard over Portkey, requests a second', [ratio('perSecond', 'Portkey'), '×'], {
      at: 'least',
      value: 8,
    }),
    // What the number above could come to at best.
    measure('least proxy over Portkey, requests a second', [leastOverPortkey, '×']),
    measure('Switchyard over the bare proxy, requests a second', [ratio('perSecond', 'bare proxy'), '×'], {
      at: 'least',
      value: 0.6,
    }),
    measure('Switchyard over the bare proxy, p99', [ratio('p99', 'bare proxy'), '×'], {
      at: 'most',
      value: 2,
    }),
  ]
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, roll: Math.random() }))
    .toSorted((a, b) => a.roll - b.roll)
    .map(({ item }) => item)
}
