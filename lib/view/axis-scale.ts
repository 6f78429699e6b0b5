/** A value axis from 0: its end, and where its lines are drawn. */
export type AxisScale = { max: number; ticks: readonly number[] }

const NICE = [1, 2, 2.5, 5, 10] as const

/** An axis from 0 to a round number not below `peak`, in two to four round steps; `smallestStep` is its finest. */
export function axisFromZero(peak: number, smallestStep: number): AxisScale {
  const target = Math.max(peak, smallestStep)
  const magnitude = 10 ** Math.floor(Math.log10(target / 3))
  const nice = NICE.find((factor) => factor * magnitude * 4 >= target) ?? 10
  const step = Math.max(smallestStep, Math.ceil((nice * magnitude) / smallestStep) * smallestStep)
  const steps = Math.max(1, Math.ceil(target / step - 1e-9))
  return { max: steps * step, ticks: Array.from({ length: steps + 1 }, (_, i) => i * step) }
}

/** A value axis between two round numbers. */
export type RangeScale = AxisScale & { min: number }

/** An axis over counts: from 0 unless that would squeeze them into its far half; a little wider than they are. */
export function axisAround(values: readonly number[]): RangeScale {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = values.reduce((most, value) => Math.max(most, value), 1)
  if (low <= high / 2 || low >= high) return { min: 0, ...axisFromZero(high, 1) }
  const { ticks, max } = axisFromZero(high - low, 1)
  const step = ticks[1] ?? 1
  const min = Math.max(0, Math.floor(low / step) * step)
  const count = Math.ceil((high - min) / step)
  return {
    min,
    max: Math.max(min + count * step, min + max),
    ticks: Array.from({ length: Math.max(count, ticks.length - 1) + 1 }, (_, i) => min + i * step),
  }
}
