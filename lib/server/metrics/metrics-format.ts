/** How metrics are written: Prometheus' text format 0.0.4, or OpenMetrics 1.0. */
export type MetricsFormat = 'prometheus' | 'openmetrics'

/** The content types, which are prom-client's constants too: the library is loaded only by whoever writes metrics. */
export const METRICS_TYPES = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
} as const satisfies Record<MetricsFormat, string>

const OPENMETRICS = /^application\/openmetrics-text\s*(?:;|$)/
const PLAIN = /^text\/(?:plain|\*)\s*(?:;|$)/
/** A version that is not named is any. */
const FOREIGN_VERSION = /;\s*version\s*=\s*"?(?!1\.0\.0\b)/

/** The format that an `Accept` header prefers: OpenMetrics only where it is named, and not for less than plain text. */
export function metricsFormatOf(accept: string | null): MetricsFormat {
  const asked = (accept ?? '').split(',').map((one) => one.trim().toLowerCase())
  const best = (wanted: (type: string) => boolean) => Math.max(0, ...asked.filter(wanted).map(weightOf))
  const openMetrics = best((type) => OPENMETRICS.test(type) && !FOREIGN_VERSION.test(type))
  return openMetrics > 0 && openMetrics >= best((type) => PLAIN.test(type)) ? 'openmetrics' : 'prometheus'
}

/** The `q` of one media range; 1 where it names none, 0 where it makes no sense. */
function weightOf(range: string): number {
  const weight = /;\s*q\s*=\s*([^;\s]+)/.exec(range)?.[1]
  return weight === undefined ? 1 : Number(weight) || 0
}
