/** The box a sparkline's path is drawn in; the drawing stretches it to its place. */
export const SPARKLINE_WIDTH = 100
export const SPARKLINE_HEIGHT = 24

/** A small line without axes; `path` is SVG path data, empty when nothing was measured. */
export type SparklineView = { path: string; summary: string }

export type SparklineInput = {
  /** Evenly spaced, oldest first; null where nothing was measured. */
  values: readonly (number | null)[]
  /** What is drawn, for the summary: "Latency". */
  name: string
  /** Writes a value with its unit. */
  words: (value: number) => string
}

/** A sparkline from 0 up; a missing value is a gap, and a value between two gaps a dot. */
export function sparklineView({ values, name, words }: SparklineInput): SparklineView {
  const measured = values.filter((value) => value !== null)
  const last = measured.at(-1)
  if (last === undefined) return { path: '', summary: `${name}: nothing measured.` }
  const peak = Math.max(...measured)
  const stepX = SPARKLINE_WIDTH / Math.max(1, values.length - 1)
  // The line's own thickness needs room at both edges, or its peaks are cut.
  const y = (value: number) =>
    SPARKLINE_HEIGHT - 1 - (value / Math.max(peak, Number.MIN_VALUE)) * (SPARKLINE_HEIGHT - 3)
  const path = values
    .map((value, i) => {
      if (value === null) return ''
      const point = `${round(i * stepX)} ${round(y(value))}`
      const isStart = i === 0 || values[i - 1] === null
      if (!isStart) return `L${point}`
      const isAlone = i === values.length - 1 || values[i + 1] === null
      return isAlone ? `M${point}h0` : `M${point}`
    })
    .join('')
  const lowest = Math.min(...measured)
  const range =
    lowest === peak ? `${words(peak)} throughout` : `${words(lowest)} to ${words(peak)}, last ${words(last)}`
  return { path, summary: `${name}: ${range}.` }
}

const round = (value: number) => Math.round(value * 100) / 100
