import type { AutomaticSpan } from './automatic-spans.ts'
import type { OverrideSpan } from './override-spans.ts'

/** A stretch in one automatic state; `shadow`: calls were admitted all the same, so that it only would have held. */
export type JudgedSpan = AutomaticSpan & { shadow: boolean }

/** Cuts the stretches that are not closed where a shadow override begins or ends over them. */
export function withShadow(
  spans: readonly AutomaticSpan[],
  overrides: readonly OverrideSpan[],
): JudgedSpan[] {
  const shadows = overrides.filter(({ override }) => override.mode === 'shadow')
  if (shadows.length === 0) return spans.map((span) => ({ ...span, shadow: false }))
  return spans.flatMap((span) => (isHolding(span) ? cutUp(span, shadows) : [{ ...span, shadow: false }]))
}

/** The same stretches as they only would have been. */
export const asShadow = (spans: readonly AutomaticSpan[]): JudgedSpan[] =>
  spans.map((span) => ({ ...span, shadow: isHolding(span) }))

const isHolding = ({ state }: AutomaticSpan) => state === 'open' || state === 'half_open'

function cutUp(span: AutomaticSpan, shadows: readonly OverrideSpan[]): JudgedSpan[] {
  const within = (at: number) => at > span.from && at < span.to
  const cuts = shadows.flatMap(({ from, to }) => [from, to]).filter(within)
  const edges = [span.from, ...[...new Set(cuts)].toSorted((a, b) => a - b), span.to]
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? span.to
    return {
      ...span,
      from,
      to,
      ongoing: span.ongoing && to === span.to,
      shadow: shadows.some((shadow) => shadow.from <= from && shadow.to >= to),
    }
  })
}
