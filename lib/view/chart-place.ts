/** The width that every chart is drawn in; the screen stretches it. */
export const DRAWN_WIDTH = 10_000

/** What is left free above the highest value, for its words, and below the lowest, px. */
export const CHART_MARGIN = { top: 14, bottom: 1 } as const

/** Where a time (epoch ms) and a value stand in a chart: `x` in parts of `DRAWN_WIDTH`, `y` in px from the top. */
export type ChartPlace = { x: (at: number) => number; y: (value: number) => number }

/** The places of a chart over a stretch of time, for values from `min` to `max`, `height` px high. */
export function chartPlace(
  { from, to }: { from: number; to: number },
  { min, max }: { min: number; max: number },
  height: number,
): ChartPlace {
  const { top, bottom } = CHART_MARGIN
  return {
    x: (at) => ((at - from) / (to - from)) * DRAWN_WIDTH,
    y: (value) => top + (1 - (value - min) / (max - min)) * (height - top - bottom),
  }
}
