import type { Metric, Registry } from 'prom-client'
import type { Distribution, Family, Sample } from '#lib/services/metrics/family.ts'
import { seconds } from '#lib/services/metrics/family.ts'
import { METRICS_TYPES, type MetricsFormat } from './metrics-format.ts'

/** Lines written before the loop may do other things. */
export const LINES_A_SLICE = 200

type Line = { metricName?: string; labels: Record<string, string>; value: number }

/**
 * Everything the families say of the source, in pieces of about `LINES_A_SLICE` lines, so that whoever takes them may do
 * other things in between. Whoever takes them all has one document of the format.
 */
export async function* metricsText<Source>(
  families: readonly Family<Source>[],
  source: Source,
  format: MetricsFormat,
): AsyncGenerator<string, undefined> {
  const writer = await writerOf(format)
  for (const family of families) {
    let head = true
    let lines: Line[] = []
    for (const one of family.read(source)) {
      lines.push(...linesOf(family, one))
      if (lines.length < LINES_A_SLICE) continue
      yield await writer(family, lines, head)
      head = false
      lines = []
    }
    if (head || lines.length > 0) yield await writer(family, lines, head)
  }
  if (format === 'openmetrics') yield '# EOF\n'
}

/** Writes lines of a family, with its head before the first of them. */
async function writerOf(format: MetricsFormat) {
  // Some 20 MB that only a console that is scraped shall carry.
  const prom = await import('prom-client')
  return async <Source>(
    { name, help, type }: Family<Source>,
    values: readonly Line[],
    withHead: boolean,
  ): Promise<string> => {
    // OpenMetrics names the family without the ending, and the library adds it to each line again.
    const called = format === 'openmetrics' && type === 'counter' ? name.replace(/_total$/, '') : name
    const registry = new prom.Registry()
    registry.setContentType(METRICS_TYPES[format] as Registry['contentType'])
    registry.registerMetric(asMetric({ name: called, help, type, values }))
    const text = await registry.getSingleMetricAsString(called)
    return withHead ? `${text}\n` : `${text.slice(endOfHead(text))}\n`
  }
}

/** After the two lines `# HELP` and `# TYPE`, of which neither has a line break within. */
const endOfHead = (text: string): number => text.indexOf('\n', text.indexOf('\n') + 1) + 1

type Snapshot = { name: string; help: string; type: Family<never>['type']; values: readonly Line[] }

/**
 * The library's own metrics keep their values; ours are kept elsewhere, and only written by it. For that it asks a
 * metric for its name and for `get`, which every metric of its own answers with just this.
 */
const asMetric = (told: Snapshot): Metric =>
  ({ name: told.name, get: () => Promise.resolve(told) }) as unknown as Metric

function linesOf<Source>({ name }: Family<Source>, one: Sample | Distribution): Line[] {
  if (!('buckets' in one)) return [one]
  const { labels, buckets } = one
  return [
    ...buckets.atMost.map(({ boundMs, count }) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le: boundText(boundMs) },
      value: count,
    })),
    { metricName: `${name}_sum`, labels, value: seconds(buckets.sumMs) },
    { metricName: `${name}_count`, labels, value: buckets.count },
  ]
}

/** OpenMetrics wants a point in it, and Prometheus 3 writes it so: `1.0`. */
function boundText(boundMs: number): string {
  if (boundMs === Infinity) return '+Inf'
  const text = String(seconds(boundMs))
  return text.includes('.') ? text : `${text}.0`
}
