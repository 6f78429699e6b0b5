/**
 * One measured figure. `target` is what the product promises, with its direction; null where it only informs. Infinity
 * is said as "never", and written as null.
 */
export type Measure = {
  bench: string
  metric: string
  value: number
  unit: string
  target: { at: 'most' | 'least'; value: number } | null
}

/** Makes the measures of one bench: name, value with its unit, and the promise. */
export const measureOf =
  (bench: string) =>
  (metric: string, [value, unit]: [number, string], target: Measure['target'] = null): Measure => ({
    bench,
    metric,
    value,
    unit,
    target,
  })

/** A measure with its verdict and where and when it was taken, as `--json` writes it. */
export type ReportedMeasure = {
  bench: string
  metric: string
  value: number
  unit: string
  target: string | null
  met: boolean | null
  machine: string
  commit: string
  date: string
}

/** Whether the figure keeps its promise; null where there is none. */
export function isMet({ value, target }: Measure): boolean | null {
  if (target === null) return null
  return target.at === 'most' ? value <= target.value : value >= target.value
}

const targetText = ({ target, unit }: Measure) =>
  target === null ? null : `${target.at === 'most' ? '≤' : '≥'} ${target.value} ${unit}`

const digits = (value: number) =>
  Math.abs(value) >= 100 || Number.isInteger(value)
    ? value.toFixed(0)
    : Math.abs(value) >= 1
      ? value.toFixed(2)
      : value.toFixed(4)

/** The measures as a table for a terminal. */
export function table(measures: readonly Measure[]): string {
  const rows = measures.map((measure) => [
    measure.bench,
    measure.metric,
    measure.value === Infinity ? 'never' : `${digits(measure.value)} ${measure.unit}`,
    targetText(measure) ?? '',
    { true: 'met', false: 'MISSED', null: '' }[`${isMet(measure)}`],
  ])
  const all = [['bench', 'metric', 'value', 'target', ''], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}

/** The measures with machine, commit and date. */
export const reported = (
  measures: readonly Measure[],
  about: Pick<ReportedMeasure, 'machine' | 'commit' | 'date'>,
): ReportedMeasure[] =>
  measures.map((measure) => ({
    bench: measure.bench,
    metric: measure.metric,
    value: measure.value,
    unit: measure.unit,
    target: targetText(measure),
    met: isMet(measure),
    ...about,
  }))
