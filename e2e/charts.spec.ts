import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import { expect, expectHydrated, lookedAt, test } from './fixtures.ts'

const HOUR = 3_600_000

/** Opens a chart's menu and takes the file that it offers. */
async function save(page: Page, chart: string, kind: RegExp): Promise<Download> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: `Save ${chart}` }).click()
  await page.getByRole('menuitem', { name: kind }).click()
  return coming
}

/** The provider page once its charts are drawn. */
async function openProvider(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(
    page
      .getByRole('figure', { name: /^Success rate: / })
      .locator('svg')
      .first(),
  ).toBeVisible()
}

test.describe('of a fleet that is only looked at', () => {
  const watched = lookedAt()

  test('a range and a begin and an end are chosen, stand in the address, and are left with Esc', async ({
    page,
  }) => {
    await openProvider(page, `${watched().url}/providers/openai-prod?range=400d`)
    await expect(page.getByText('1 day buckets (UTC)')).toBeVisible()
    await page.getByLabel('Time range').first().selectOption('30d')
    await expect(page).toHaveURL(/range=30d/)
    await expect(page.getByText('1 h buckets')).toBeVisible()

    await page.getByRole('button', { name: /Time range: Last 30 days/ }).click()
    const dialog = page.getByRole('dialog')
    const wallClock = (at: number) => new Date(at).toISOString().slice(0, 16)
    const now = Date.now()
    await dialog.getByLabel('From').fill(wallClock(now))
    await dialog.getByLabel('To').fill(wallClock(now - HOUR))
    await dialog.getByRole('button', { name: 'Show' }).click()
    await expect(dialog.getByText('must be before the end')).toBeVisible()
    await dialog.getByLabel('From').fill(wallClock(now - 6 * HOUR))
    await dialog.getByLabel('To').fill(wallClock(now + 60_000))
    await dialog.getByRole('button', { name: 'Show' }).click()
    await expect(dialog).toBeHidden()
    await expect(page).toHaveURL(/from=.*to=/)
    await expect(page.getByText('not live')).toBeVisible()

    await page.keyboard.press('Escape')
    await expect(page).not.toHaveURL(/from=/)
    await expect(page).toHaveURL(/range=30d/)
  })

  test('a drag over a chart zooms into the address, in every chart at once', async ({ page }) => {
    await openProvider(page, `${watched().url}/providers/openai-prod?range=15m`)
    const plot = page.locator('[data-plot="chart"]').first()
    await plot.scrollIntoViewIfNeeded()
    const box = await plot.boundingBox()
    if (!box) throw new Error('the chart has no place')
    const y = box.y + box.height / 2
    await page.mouse.move(box.x + box.width * 0.3, y)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, y, { steps: 8 })
    await page.mouse.up()
    await expect(page).toHaveURL(/from=.*to=/)
    await expect(page.getByText('not live')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/range=15m$/)
  })

  test('the period before is drawn, listed and said', async ({ page }) => {
    await openProvider(page, `${watched().url}/providers/openai-prod?range=15m`)
    const toggle = page.getByRole('button', { name: 'Period before' })
    await toggle.click()
    await expect(page).toHaveURL(/ghost=1/)
    await expect(toggle).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByRole('figure', { name: /in the 15 min before\.$/ }).first()).toBeVisible()
    await page.getByRole('button', { name: 'Table of Success rate' }).click()
    await expect(page.getByRole('columnheader', { name: 'the 15 min before' })).toBeVisible()
    await toggle.click()
    await expect(page).not.toHaveURL(/ghost/)
  })

  test('a chart is saved as a picture and its figures as CSV', async ({ page }) => {
    await openProvider(page, `${watched().url}/providers/openai-prod?range=15m`)
    const picture = await save(page, 'Latency', /picture/i)
    expect(picture.suggestedFilename()).toMatch(/^openai-production-latency-\d{8}T\d{4}Z-\d{8}T\d{4}Z\.png$/)
    const png = await readFile(await picture.path())
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBeGreaterThan(800)

    const figures = await save(page, 'Latency', /figures/i)
    const lines = (await readFile(await figures.path(), 'utf8')).split('\r\n')
    expect(lines[0]).toBe('from,p50_ms,p95_ms,p99_ms,avg_ms,max_ms,ok')
    expect(lines.some((line) => /^\d{4}-[^,]+Z,\d/.test(line))).toBe(true)
  })

  test('the days are stepped through with the keyboard, and a stretch is opened', async ({ page }) => {
    await openProvider(page, `${watched().url}/providers/openai-prod`)
    const days = page.getByRole('region', { name: 'Days' })
    const today = days.getByRole('slider').first()
    await expect(today).toHaveAttribute('aria-label', /no bad stretch of/)
    await today.focus()
    await page.keyboard.press('ArrowRight')
    await expect(today).toHaveAttribute('aria-valuetext', /UTC: .*100.%.* of .* calls/)
    await page.keyboard.press('ArrowDown')
    await expect(days.getByRole('slider').nth(1)).toBeFocused()
    await expect(days.getByRole('slider').nth(1)).toHaveAttribute('aria-valuetext', /no calls/)
    await page.keyboard.press('ArrowUp')
    await expect(today).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/from=[^&]*%3A(00|15|30|45)%3A00/)

    await days.getByRole('button', { name: 'Table of Days' }).click()
    await expect(days.getByRole('columnheader', { name: 'Day (UTC)' })).toBeVisible()
  })

  test('providers are compared on one chart, by what is chosen', async ({ page }) => {
    await openProvider(page, `${watched().url}/providers/openai-prod?range=15m`)
    await page.getByRole('link', { name: 'Compare…' }).click()
    await expect(page).toHaveURL(/\/compare\?with=openai-prod&range=15m/)
    await expect(page.getByRole('checkbox', { name: /OpenAI production/ }).first()).toBeChecked()
    await page.getByLabel('Search providers and models').fill('anthropic')
    const anthropic = page.getByRole('checkbox', { name: 'Anthropic', exact: true })
    // Not checked by the click itself but by the address, which is a moment later.
    await anthropic.click()
    await expect(anthropic).toBeChecked()
    await expect(page).toHaveURL(/with=openai-prod.*with=anthropic/)
    const lines = page.getByRole('list', { name: 'Lines of the chart' })
    await expect(lines.getByRole('listitem')).toHaveCount(2)
    await page.getByRole('button', { name: 'p95' }).click()
    await expect(page).toHaveURL(/metric=p95/)
    await expect(
      page.getByRole('figure', { name: /^Latency, p95 lately: .* highest at .* lowest at / }),
    ).toBeVisible()
    const figures = await save(page, 'Latency, p95', /figures/i)
    expect((await readFile(await figures.path(), 'utf8')).split('\r\n')[0]).toBe('from,openai-prod,anthropic')

    await page.goto(watched().url)
    await expectHydrated(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('compare')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/choose up to 8 providers or models/i)).toBeVisible()
  })
})

type Stretch = { colour: string; x: number; from: number; to: number }

/** How much of a picture's column has that colour: of the fullest near `x`, in pixels of the picture. */
function shareOfColumn(page: Page, png: Buffer, stretch: Stretch): Promise<number> {
  return page.evaluate(
    async ({ source, colour, x, from, to }) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')
      if (!pen) throw new Error('no canvas')
      pen.fillStyle = colour
      pen.fillRect(0, 0, 1, 1)
      const wanted = pen.getImageData(0, 0, 1, 1).data.join()
      pen.drawImage(image, 0, 0)
      const shareAt = (column: number) => {
        const pixels = Array.from(
          { length: to - from },
          (_, i) => pen.getImageData(column, from + i, 1, 1).data,
        )
        return pixels.filter((pixel) => pixel.join() === wanted).length / pixels.length
      }
      return Math.max(...[-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((by) => shareAt(x + by)))
    },
    { source: `data:image/png;base64,${png.toString('base64')}`, ...stretch },
  )
}

test('what happened meanwhile is marked in a saved picture too', async ({ page, running }) => {
  // Before the first check, so that no line is drawn over the mark.
  const at = new Date(Date.now() - HOUR / 2).toISOString()
  await running.api('POST', '/api/events', { title: 'shop 4.2 deployed', providerId: 'openai-prod', at })
  await openProvider(page, `${running.url}/providers/openai-prod`)
  const figure = page.getByRole('figure', { name: /^Latency: / })
  const mark = figure.locator('[data-picture-mark]').first()
  await expect(mark).toBeAttached()
  const picture = await save(page, 'Latency', /picture/i)
  const png = await readFile(await picture.path())
  const [drawing, line] = [await figure.boundingBox(), await mark.boundingBox()]
  if (!drawing || !line) throw new Error('the chart has no place')
  const colour = await mark.evaluate((element) => getComputedStyle(element).borderLeftColor)
  // The picture has two pixels for each of the page, a margin of 24 and, over the chart, 54 for words and 22 for a legend.
  const [x, from] = [Math.round(2 * (24 + line.x - drawing.x)), 2 * (24 + 54 + 22)]
  const to = from + Math.round(2 * line.height)
  const share = await shareOfColumn(page, png, { colour, x, from, to })
  expect(share, 'half of a dashed line is drawn').toBeGreaterThan(0.3)
  expect(share).toBeLessThan(0.7)
})

test('the fleet’s timeline has a lane for every circuit; a shadow shows what would have opened', async ({
  page,
  fleet,
  running,
}) => {
  await running.api('PUT', '/api/circuits/openai-prod/override', {
    mode: 'shadow',
    reason: 'trying thresholds out',
    ttl: '1h',
  })
  await fleet.order('openai-prod', { condition: 'down' })
  await page.goto(`${running.url}/circuits?range=7d`)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await expect(timeline.getByRole('link', { name: /^Anthropic/ }).first()).toBeVisible()
  await expect(timeline.getByRole('figure')).toHaveAccessibleName(/^1 of \d+ circuits changed or were held/)
  await expect(timeline.getByRole('slider', { name: /would have opened/ })).toBeVisible()
  await timeline.getByRole('button', { name: 'Table of Timeline' }).click()
  await expect(timeline.getByRole('cell', { name: /shadow by/ })).toBeVisible()
})
