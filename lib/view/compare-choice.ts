import { compareNames } from '#lib/domain/name-order.ts'
/** How many series one chart holds. */
export const MOST_COMPARED = 8

/** What is compared, as the URL names it. */
export const METRICS = ['success', 'p50', 'p95', 'p99', 'calls'] as const
export type Metric = (typeof METRICS)[number]
export const METRIC_WORDS: Readonly<Record<Metric, string>> = {
  success: 'Success rate',
  p50: 'Latency, p50',
  p95: 'Latency, p95',
  p99: 'Latency, p99',
  calls: 'Calls',
}

/** The metric that the URL names; anything else is success. */
export const parseMetric = (text: string | null | undefined): Metric =>
  METRICS.find((metric) => metric === text) ?? 'success'

/** A provider, or one of its models. */
export type Compared = { providerId: string; model: string | null }

/** How a compared thing is written in the URL: `azure-eu` or `azure-eu/gpt-4o`. */
export const comparedKey = ({ providerId, model }: Compared): string =>
  model === null ? providerId : `${providerId}/${model}`

/** The compared thing that a key names; null for an empty one. An id has no slash, a model may. */
export function parseCompared(key: string): Compared | null {
  const slash = key.indexOf('/')
  if (slash === -1) return key === '' ? null : { providerId: key, model: null }
  const compared = { providerId: key.slice(0, slash), model: key.slice(slash + 1) }
  return compared.providerId === '' || compared.model === '' ? null : compared
}

/** What the URL names, each once and at most eight. */
export function parseComparison(keys: readonly string[]): Compared[] {
  return [...new Set(keys)].flatMap((key) => parseCompared(key) ?? []).slice(0, MOST_COMPARED)
}

/** One line of the picker. */
export type Comparable = Compared & { key: string; label: string }

/** Everything that can be compared: each provider, and after it its models, by name. */
export function comparables(
  providers: readonly { id: string; name: string }[],
  circuits: readonly Compared[],
): Comparable[] {
  const models = Map.groupBy(
    circuits.filter(({ model }) => model !== null),
    ({ providerId }) => providerId,
  )
  return providers
    .toSorted((a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1))
    .flatMap(({ id, name }) =>
      [{ providerId: id, model: null }, ...(models.get(id) ?? [])].map((one) => ({
        providerId: one.providerId,
        model: one.model,
        key: comparedKey(one),
        label: one.model === null ? name : `${name} · ${one.model}`,
      })),
    )
}

/** The picker's lines that have the text in their label or id. */
export function searchComparables(items: readonly Comparable[], text: string): Comparable[] {
  const wanted = text.trim().toLowerCase()
  return items.filter(({ key, label }) => `${label} ${key}`.toLowerCase().includes(wanted))
}
