import type { Bucket } from '#lib/contract/check.ts'
import type { Windows } from '#lib/domain/alerts/facts.ts'

/** What one provider's calls came to, by stretches of `widthMs` from `from` on; stretches without calls may be missing. */
export type Recorded = {
  from: number
  to: number
  widthMs: number
  all: readonly Bucket[]
  traffic: readonly Bucket[]
}

/** The windows of a provider as they were at any time of a record, seen from the end of the newest whole stretch. */
export function recordedWindows({ from, to, widthMs, all, traffic }: Recorded): (at: number) => Windows {
  const length = Math.ceil((to - from) / widthMs)
  const place = ({ at }: Bucket) => Math.floor((Date.parse(at) - from) / widthMs)
  const sums = (buckets: readonly Bucket[], of: (bucket: Bucket) => number) => {
    const values = new Float64Array(length + 1)
    for (const bucket of buckets) values[place(bucket) + 1] = of(bucket)
    for (let i = 1; i <= length; i += 1) values[i] = (values[i] ?? 0) + (values[i - 1] ?? 0)
    return values
  }
  const ok = sums(all, (bucket) => bucket.ok)
  const failed = sums(all, ({ byClass }) => (byClass.provider_error ?? 0) + (byClass.credentials ?? 0))
  const calls = sums(traffic, (bucket) => bucket.count)
  const p95 = new Map(all.map((bucket) => [place(bucket), bucket.latency?.p95 ?? null]))
  return (at) => {
    const end = Math.min(length, Math.floor((at - from) / widthMs))
    const startOf = (windowMs: number) => end - Math.ceil(windowMs / widthMs)
    const within = (values: Float64Array, windowMs: number) =>
      (values[end] ?? 0) - (values[Math.max(0, startOf(windowMs))] ?? 0)
    return {
      windowOf: (_key, windowMs) => ({
        ok: within(ok, windowMs),
        failed: within(failed, windowMs),
        // Percentiles of stretches cannot be added up: a window of latency is one stretch.
        p95Ms: startOf(windowMs) === end - 1 ? (p95.get(end - 1) ?? null) : null,
      }),
      trafficIn: (_key, windowMs) => (startOf(windowMs) < 0 ? null : within(calls, windowMs)),
    }
  }
}
