import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChild } from '../run-child.ts'
import { type Checks, must, until } from './checks.ts'
import type { Programs } from './programs.ts'
import { startPrometheus } from './prometheus.ts'
import type { WatchedConsole } from './watched-console.ts'

const DOCUMENT = join(import.meta.dirname, '..', '..', 'docs', 'metrics.md')

type Interop = { programs: Programs; watched: WatchedConsole; folder: string }

/** Whether Prometheus and its tools take the metrics, and what the document tells about them. */
export async function checkMetrics(checks: Checks, { programs, watched, folder }: Interop): Promise<void> {
  const tool = async (...args: string[]) => {
    const { code, output } = await runChild(programs.promtool, args)
    must(code === 0, output.trim())
  }
  await checks.hold('promtool finds nothing wrong with the metrics', async () => {
    const file = join(folder, 'metrics.txt')
    await writeFile(file, await watched.metrics('text/plain'))
    // It reads standard input alone, and says what it minds with code 3.
    const { code, output } = await runChild('sh', [
      '-c',
      'exec "$0" check metrics < "$1"',
      programs.promtool,
      file,
    ])
    must(code === 0 && output.trim() === '', output.trim())
  })
  await checks.hold('promtool takes the rules of docs/metrics.md', async () => {
    const file = join(folder, 'rules.yml')
    await writeFile(file, await fromDocument('groups:'))
    await tool('check', 'rules', file)
  })
  await checks.hold('promtool takes the scrape config of docs/metrics.md', async () => {
    const file = join(folder, 'documented.yml')
    await writeFile(file, await fromDocument('scrape_configs:'))
    await tool('check', 'config', '--syntax-only', file)
  })
  const prometheus = await startPrometheus(programs, watched, folder)
  try {
    await checkScrapes(checks, { prometheus, watched })
  } finally {
    await prometheus.stop()
  }
}

type Scraped = { prometheus: Awaited<ReturnType<typeof startPrometheus>>; watched: WatchedConsole }

async function checkScrapes(checks: Checks, { prometheus, watched }: Scraped): Promise<void> {
  const valueOf = async (expression: string) => (await prometheus.query(expression))[0]?.value ?? null
  await checks.hold('Prometheus scrapes the console with an API key', async () => {
    await until(
      () => valueOf('up{job="switchyard"}'),
      (up) => up === 1,
    )
  })
  await checks.hold('a wrong key is turned away', async () => {
    await until(
      () => valueOf('up{job="stranger"}'),
      (up) => up === 0,
    )
  })
  await checks.hold('each provider is told to be healthy', async () => {
    const healthy = 'switchyard_provider_status{status="healthy"} == 1'
    const found = await until(
      () => prometheus.query(healthy),
      (series) => series.length === watched.providerIds.length,
    )
    const ids = found.map(({ labels }) => labels['provider'] ?? '').toSorted()
    must(ids.join() === [...watched.providerIds].toSorted().join(), `These are: ${ids.join()}`)
  })
  await checks.hold('a quantile comes out of the buckets of latency', async () => {
    await until(
      () =>
        valueOf(
          'histogram_quantile(0.9, sum by (le) (switchyard_check_latency_seconds_bucket{job="switchyard"}))',
        ),
      (quantile) => quantile !== null && quantile > 0 && quantile <= 60,
    )
  })
  await checks.hold('the first success of each provider is counted', async () => {
    await until(
      () => prometheus.query('switchyard_checks_total{class="ok"} >= 1'),
      (series) => series.length === watched.providerIds.length,
    )
  })
  await checks.hold('Prometheus asked for OpenMetrics, and knows what each family is', async () => {
    // In OpenMetrics the family of a counter is named without its ending.
    const counter = await prometheus.metadata('switchyard_checks')
    must(counter?.type === 'counter', `It knows ${JSON.stringify(counter)}.`)
    const histogram = await prometheus.metadata('switchyard_check_latency_seconds')
    must(histogram?.type === 'histogram', `It knows ${JSON.stringify(histogram)}.`)
  })
  await checks.hold('no series came twice or out of order', async () => {
    for (const fault of ['duplicate_timestamp', 'out_of_order', 'out_of_bounds']) {
      const count = await prometheus.own(`prometheus_target_scrapes_sample_${fault}_total`)
      must(count === 0, `${count} samples: ${fault}`)
    }
  })
}

/** The example of the document that begins with this line. */
async function fromDocument(begin: string): Promise<string> {
  const text = await readFile(DOCUMENT, 'utf8')
  const found = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml ?? '')
  const example = found.find((yaml) => yaml.startsWith(begin))
  if (example === undefined) throw new Error(`docs/metrics.md has no example that begins with ${begin}`)
  return example
}
