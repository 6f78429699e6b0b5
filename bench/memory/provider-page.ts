import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { CHROMIUM_ARGS, chromiumPath } from '#scripts/browser.ts'
import { measureOf, type Measure } from '../report.ts'

const measure = measureOf('history')

const ROUNDS = 5

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** A provider's page over thirty days in a real Chromium: until its first chart is drawn, and until a zoom is. */
export async function measurePage(url: string): Promise<Measure[]> {
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: CHROMIUM_ARGS })
  const firstChart: number[] = []
  const zooms: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1_200 } })
    const page = await context.newPage()
    await page.addInitScript(watchForChart, LINE)
    await page.goto(url, { waitUntil: 'commit' })
    firstChart.push(await drawn(page))
    await pause(2_000)
    zooms.push(await zoom(page))
    await context.close()
  }
  await browser.close()
  return [
    measure('provider page, 30 days: first chart drawn', [median(firstChart), 'ms'], {
      at: 'most',
      value: 1_000,
    }),
    measure('provider page, 30 days: zoom drawn', [median(zooms), 'ms'], { at: 'most', value: 150 }),
  ]
}

/** A line of a chart: it is there when its data are. */
const LINE = '[data-series="line"][d*="L"]'

/** Told by the page itself: when, since the navigation began, a frame with a chart in it had been painted. */
const drawn = (page: Page) => page.evaluate(() => (window as unknown as { drawnAt: Promise<number> }).drawnAt)

function watchForChart(line: string): void {
  const { promise, resolve } = Promise.withResolvers<number>()
  Object.assign(window, { drawnAt: promise })
  const look = () => {
    const path = document.querySelector(line)
    // A frame's callbacks run before it is painted, so that of the next one sees it done.
    if (path && path.getBoundingClientRect().width > 0)
      requestAnimationFrame(() => resolve(performance.now()))
    else requestAnimationFrame(look)
  }
  look()
}

/** From letting go of a drag over a third of the charts until a chart of the new range has been painted. */
async function zoom(page: Page): Promise<number> {
  const plot = page.locator('[data-plot="chart"]').first()
  const box = await plot.boundingBox()
  if (box === null) throw new Error('no chart to zoom into')
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.4, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.55, y, { steps: 4 })
  await page.mouse.move(box.x + box.width * 0.7, y, { steps: 4 })
  const before = await page.locator(LINE).first().getAttribute('d')
  await page.evaluate(
    ([path, line]) => {
      const { promise, resolve } = Promise.withResolvers<number>()
      Object.assign(window, { redrawn: promise })
      addEventListener('pointerup', ({ timeStamp: startedAt }) => {
        const look = () => {
          const now = document.querySelector(line)?.getAttribute('d')
          if (now !== path && now !== undefined)
            requestAnimationFrame(() => resolve(performance.now() - startedAt))
          else requestAnimationFrame(look)
        }
        look()
      })
    },
    [before, LINE] as const,
  )
  await page.mouse.up()
  return page.evaluate(() => (window as unknown as { redrawn: Promise<number> }).redrawn)
}
