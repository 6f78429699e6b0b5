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
