import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Browser, type Page } from '@playwright/test'
import { CHROMIUM_ARGS, chromiumPath } from '#scripts/browser.ts'
import { startBenchConsole } from './bench-console.ts'
import { measureOf, type Measure } from './report.ts'
import { startSlowServer } from './start-slow-server.ts'

const measure = measureOf('overview')

const ROUNDS = 5

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** The overview of the production build in a real Chromium, with 20, 500 and 2,000 providers. */
export default async function overview(): Promise<Measure[]> {
  const server = await startSlowServer(50)
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: CHROMIUM_ARGS })
  const measures: Measure[] = []
  for (const count of [20, 500, 2_000]) {
    const baseUrl = `http://127.0.0.1:${server.port}/v1`
    const running = await startBenchConsole({ count, interval: '30s', baseUrl })
    await delay(32_000)
    measures.push(...(await firstRow(browser, running.url, count)))
    if (count === 500)
      measures.push(...(await interaction(browser, running.url)), await snapshot(running.url))
    await running.stop()
  }
  await browser.close()
  server.stop()
  return measures
}

/** From the click to the first row on the screen, and what the page's scripts weigh on the wire, each with an empty cache. */
async function firstRow(browser: Browser, url: string, count: number): Promise<Measure[]> {
  const shown: number[] = []
  let scriptBytes = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const weight = await weighScripts(page)
    const startedAt = performance.now()
    await page.goto(url, { waitUntil: 'commit' })
    await page.getByRole('row').filter({ hasText: 'bench-' }).first().waitFor()
    shown.push(performance.now() - startedAt)
    await page.waitForLoadState('networkidle').catch(() => undefined)
    await delay(1_000)
    scriptBytes = Math.max(scriptBytes, weight())
    await context.close()
  }
  return [
    measure(`first row visible, ${count} providers`, [median(shown), 'ms'], { at: 'most', value: 1_000 }),
    ...(count === 20
      ? [measure('JavaScript, compressed', [scriptBytes / 1_000, 'KB'], { at: 'most', value: 300 })]
      : []),
  ]
}

/** Counts the bytes that scripts take on the wire. */
async function weighScripts(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const scripts = new Set<string>()
  let bytes = 0
  session.on('Network.responseReceived', ({ type, requestId }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength
  })
  return () => bytes
}

/** Scrolls and re-sorts 500 providers, and looks for long tasks while it does. */
async function interaction(browser: Browser, url: string): Promise<Measure[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  await page.getByRole('row').filter({ hasText: 'bench-' }).first().waitFor()
  await delay(5_000)
  await page.evaluate(() => {
    const tasks: number[] = []
    Object.assign(window, { longTasks: tasks })
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
    })
  })
  await page.mouse.move(700, 600)
  for (let i = 0; i < 60; i += 1) {
    await page.mouse.wheel(0, i < 30 ? 600 : -600)
    await delay(30)
  }
  for (const name of [/success/i, /provider/i, /p50/i]) {
    await page.getByRole('columnheader', { name }).getByRole('button').click()
    await delay(300)
  }
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks)
  await page.close()
  return [
    measure('longest task while scrolling and sorting 500', [Math.max(0, ...tasks), 'ms'], {
      at: 'most',
      value: 100,
    }),
  ]
}

async function snapshot(url: string): Promise<Measure> {
  const response = await fetch(`${url}/api/monitor`, { headers: { 'accept-encoding': 'identity' } })
  const text = await response.text()
  const { promise, resolve } = Promise.withResolvers<number>()
  const { gzip } = await import('node:zlib')
  gzip(text, (_error, packed) => resolve(packed.length))
  return measure('snapshot of 500 providers, compressed', [(await promise) / 1_000, 'KB'], {
    at: 'most',
    value: 60,
  })
}
