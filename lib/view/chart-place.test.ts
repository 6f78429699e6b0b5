import { expect, it } from 'vitest'
import { CHART_MARGIN, chartPlace, DRAWN_WIDTH } from './chart-place.ts'

it('spreads a stretch of time over the width, and an axis over the height between the margins', () => {
  const { x, y } = chartPlace({ from: 1_000, to: 3_000 }, { min: 50, max: 100 }, 115)
  expect([x(1_000), x(2_000), x(3_000)]).toEqual([0, DRAWN_WIDTH / 2, DRAWN_WIDTH])
  expect([y(100), y(75), y(50)]).toEqual([CHART_MARGIN.top, 64, 115 - CHART_MARGIN.bottom])
})
