import type { DecisionView } from '#lib/contract/decision.ts'
import { axisFromZero } from './axis-scale.ts'
import { CLASS_ICONS } from './decision-view.ts'
import { formatMs, plural } from './format.ts'
import { keepUnits } from './keep-units.ts'
import { CLASS_WORDS } from './outcome-words.ts'
import type { RowIcon } from './provider-row-view.ts'

/** One attempt as a bar; places are shares 0..1 of the axis. */
export type AttemptBar = {
  key: string
  name: string
  model: string
  icon: RowIcon
  class: DecisionView['attempts'][number]['class']
  from: number
  to: number
  /** Where its first token came; null where it was no stream or none came. */
  firstToken: number | null
  outcome: string
  latency: string
  firstTokenText: string | null
  error: string | null
  reason: string
}

/** A request's attempts on one time axis that begins with the decision. */
export type WaterfallView = {
  bars: readonly AttemptBar[]
  ticks: readonly { x: number; label: string }[]
  summary: string
}

/** The attempts of a decision on one axis; a bar is never so short that it cannot be seen. */
export function waterfallView(
  { at, attempts }: Pick<DecisionView, 'at' | 'attempts'>,
  nameOf: (providerId: string) => string,
): WaterfallView {
  const begin = Math.min(Date.parse(at), ...attempts.map((attempt) => Date.parse(attempt.at)))
  const ends = attempts.map((attempt) => Date.parse(attempt.at) + attempt.latencyMs - begin)
  const total = Math.max(0, ...ends)
  const scale = axisFromZero(total, 1)
  const width = scale.max
  const place = (ms: number) => Math.min(1, Math.max(0, ms / width))
  const bars = attempts.map((attempt, index): AttemptBar => {
    const from = Date.parse(attempt.at) - begin
    const { firstTokenMs, httpStatus, latencyMs } = attempt
    return {
      key: `${index} ${attempt.providerId}`,
      name: nameOf(attempt.providerId),
      model: attempt.model,
      icon: CLASS_ICONS[attempt.class],
      class: attempt.class,
      from: place(from),
      to: place(from + latencyMs),
      firstToken: firstTokenMs === null ? null : place(from + firstTokenMs),
      outcome: `${CLASS_WORDS[attempt.class]}${httpStatus === null ? '' : ` ${httpStatus}`}`,
      latency: formatMs(latencyMs),
      firstTokenText: firstTokenMs === null ? null : formatMs(firstTokenMs),
      error: attempt.error === null ? null : keepUnits(attempt.error),
      reason: keepUnits(attempt.reason),
    }
  })
  return {
    bars,
    ticks: scale.ticks.map((ms) => ({ x: place(ms), label: ms === 0 ? '0' : formatMs(ms) })),
    summary: summaryOf(bars, total),
  }
}

function summaryOf(bars: readonly AttemptBar[], total: number): string {
  if (bars.length === 0) return 'No attempt was made.'
  const said = bars.map(({ name, outcome, latency }) => `${name} ${outcome} after ${latency}`)
  return `${plural(bars.length, 'attempt')} in ${formatMs(total)}: ${said.join(', then ')}.`
}
