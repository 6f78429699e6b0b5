import { setTimeout as delay } from 'node:timers/promises'
import { measureOf, type Measure } from '../report.ts'
import { startBare, startSwitchyard, startUpstream } from './contenders.ts'
import { type LoadFindings, median } from './load-jobs.ts'
import { type LoadClient, startLoadClient } from './start-load-client.ts'

const measure = measureOf('streams')

const PER_SECOND = 20
const OPEN = 1_000
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const MEASURED_MS = Number(process.env['BENCH_SECONDS'] ?? 15) * 1_000
const WARM_UP_MS = Number(process.env['BENCH_WARM_UP_MS'] ?? 3_000)
/** How long the open streams are held before they are weighed. */
const HELD_MS = 5_000
const KB = 1_000

/** How much later a stream's first token comes than through the bare proxy, and what a thousand open streams weigh. */
export default async function streams(): Promise<Measure[]> {
  const client = await startLoadClient()
  try {
    return [...(await firstToken(client)), ...(await manyOpen(client))]
  } finally {
    await client.stop()
  }
}

async function firstToken(client: LoadClient): Promise<Measure[]> {
  const upstream = await startUpstream({ tokens: 8, gapMs: 5 })
  const bare = await startBare(upstream)
  const switchyard = await startSwitchyard(upstream)
  const found = { bare: [] as LoadFindings[], ours: [] as LoadFindings[] }
  try {
    const pace = { perSecond: PER_SECOND, warmUpMs: WARM_UP_MS, measuredMs: MEASURED_MS }
    for (let round = 0; round < ROUNDS; round += 1) {
      found.bare.push(await client.run({ kind: 'streams', target: bare.target, ...pace }))
      found.ours.push(await client.run({ kind: 'streams', target: switchyard.target, ...pace }))
    }
  } finally {
    await switchyard.stop()
    await bare.stop()
    await upstream.stop()
  }
  const of = (list: readonly LoadFindings[], key: 'p50' | 'p99') => median(list.map((one) => one[key]))
  const failed = [...found.bare, ...found.ours].reduce((sum, one) => sum + one.failed, 0)
  return [
    measure('first token through the bare proxy, p50', [of(found.bare, 'p50'), 'ms']),
    measure(
      'first token later through Switchyard, p50',
      [of(found.ours, 'p50') - of(found.bare, 'p50'), 'ms'],
      {
        at: 'most',
        value: 1,
      },
    ),
    measure('first token later through Switchyard, p99', [
      of(found.ours, 'p99') - of(found.bare, 'p99'),
      'ms',
    ]),
    measure('streams failed', [failed, ''], { at: 'most', value: 0 }),
  ]
}

/** A token a second on each of a thousand streams; weighed against the same process that has carried streams before. */
async function manyOpen(client: LoadClient): Promise<Measure[]> {
  const upstream = await startUpstream({ tokens: 600, gapMs: 1_000 })
  const switchyard = await startSwitchyard(upstream)
  try {
    const warmUp = await client.hold({ kind: 'hold', target: switchyard.target, count: OPEN / 10 })
    await warmUp.close()
    await delay(HELD_MS)
    const before = await switchyard.console.memory()
    const held = await client.hold({ kind: 'hold', target: switchyard.target, count: OPEN })
    await delay(HELD_MS)
    const during = await switchyard.console.memory()
    const { requests, failed } = await held.close()
    const each = (key: keyof typeof before) => (during[key] - before[key]) / OPEN / KB
    return [
      measure('streams open at once', [requests - failed, ''], { at: 'least', value: OPEN }),
      measure('memory of an open stream (RSS)', [each('rssBytes'), 'KB'], { at: 'most', value: 50 }),
      measure('of that, on the heap', [each('heapBytes'), 'KB']),
      measure('of that, in buffers', [each('externalBytes'), 'KB']),
    ]
  } finally {
    await switchyard.stop()
    await upstream.stop()
  }
}
