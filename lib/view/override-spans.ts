import type { FleetEventRecord, OverrideEvent, OverrideView } from '#lib/contract/circuit.ts'
import type { BreakerStripInput } from './breaker-strip-view.ts'

type Span = { from: number; to: number; ongoing: boolean }
export type OverrideSpan = Span & { override: OverrideView }
export type CoolingSpan = Span & { reason: string }

/** When an override lay over the circuit, each cut off at the range and at `end`; events must be oldest first. */
export function overrideSpans(input: BreakerStripInput, end: number): OverrideSpan[] {
  const bySince = new Map<string, { override: OverrideView; endedAt: number | null }>()
  const events = [...input.initial, ...input.events].filter((event) => event.kind === 'override')
  for (const event of events) {
    const ended = event.phase === 'set' ? null : Date.parse(event.at)
    if (event.phase === 'set') endEarlier(bySince, event)
    bySince.set(event.override.since, { override: event.override, endedAt: ended })
  }
  const { current } = input
  if (current?.override && !bySince.has(current.override.since)) {
    bySince.set(current.override.since, { override: current.override, endedAt: null })
  }
  return [...bySince.values()]
    .map(({ override, endedAt }) => ({
      override,
      ...cut(
        { from: Date.parse(override.since), to: endedAt ?? Date.parse(override.until) },
        input.from,
        end,
      ),
    }))
    .filter(({ from, to }) => to > from)
}

/** A new override replaces the one that lies there, whether or not its end was recorded. */
function endEarlier(
  bySince: Map<string, { override: OverrideView; endedAt: number | null }>,
  { at, override }: OverrideEvent,
) {
  for (const [since, entry] of bySince) {
    if (since !== override.since && entry.endedAt === null)
      bySince.set(since, { ...entry, endedAt: Date.parse(at) })
  }
}

/** When the circuit was cooling; deadlines that were moved later make one span. */
export function coolingSpans(input: BreakerStripInput, end: number): CoolingSpan[] {
  const spans: { from: number; to: number; reason: string }[] = []
  for (const event of [...input.initial, ...input.events].filter(isCooling)) {
    const last = spans.at(-1)
    const from = Date.parse(event.at)
    const to = Date.parse(event.until)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else spans.push({ from, to, reason: event.reason })
  }
  return spans
    .map(({ reason, ...span }) => ({ reason, ...cut(span, input.from, end) }))
    .filter(({ from, to }) => to > from)
}

const isCooling = (event: FleetEventRecord) => event.kind === 'cooling'

const cut = (span: { from: number; to: number }, from: number, end: number): Span => ({
  from: Math.max(span.from, from),
  to: Math.min(span.to, end),
  ongoing: span.to > end,
})
