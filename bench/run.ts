import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { readArguments } from '#scripts/read-arguments.ts'
import { reported, table, type Measure } from './report.ts'

/** Every bench: what it measures stands in its own file. */
const BENCHES: Record<string, () => Promise<{ default: () => Promise<Measure[]> }>> = {
  core: () => import('./core.ts'),
  alerts: () => import('./alerts.ts'),
  'alert-delivery': () => import('./alert-delivery.ts'),
  weather: () => import('./weather.ts'),
  select: () => import('./select.ts'),
  gateway: () => import('./gateway/throughput.ts'),
  latency: () => import('./gateway/latency.ts'),
  streams: () => import('./gateway/streams.ts'),
  outages: () => import('./outages/outages.ts'),
  access: () => import('./access.ts'),
  scheduler: () => import('./scheduler.ts'),
  live: () => import('./live.ts'),
  overview: () => import('./overview.ts'),
  percentiles: () => import('./memory/percentiles.ts'),
  ingest: () => import('./memory/ingest.ts'),
  replay: () => import('./memory/replay.ts'),
  history: () => import('./memory/history.ts'),
}

const { values, positionals } = readArguments(
  { allowPositionals: true, options: { json: { type: 'string' } } },
  'Usage: npm run bench -- [NAME…] [--json FILE]',
)
const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals
const unknown = names.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(1)
}

const measures: Measure[] = []
for (const name of names) {
  console.log(`${name} …`)
  const bench = await BENCHES[name]?.()
  if (bench !== undefined) measures.push(...(await bench.default()))
}
console.log(`\n${table(measures)}`)

if (values.json !== undefined) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  const about = { machine, commit, date: new Date().toISOString() }
  writeFileSync(values.json, `${JSON.stringify(reported(measures, about), null, 2)}\n`)
}
