import type { Locator } from '@playwright/test'
import { expect, expectHydrated, test } from './fixtures.ts'

/** How far from its middle a finger still reaches a control: half of 44 pixels, less what rounding takes. */
const REACH = 21

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

/** The controls of a part of the page that are smaller for a finger than 44 by 44 pixels, by their names. */
const tooSmall = (part: Locator) =>
  part.evaluate((element, reach) => {
    const isReached = (control: Element, dx: number, dy: number) => {
      const { left, top, width, height } = control.getBoundingClientRect()
      return control.contains(document.elementFromPoint(left + width / 2 + dx, top + height / 2 + dy))
    }
    return [...element.querySelectorAll('a, button, select, input')]
      .filter((control) => control.checkVisibility() && control.getBoundingClientRect().width > 0)
      .filter((control) =>
        [-reach, reach].some((far) => !isReached(control, far, 0) || !isReached(control, 0, far)),
      )
      .map((control) => control.getAttribute('aria-label') ?? control.textContent)
  }, REACH)

test('a finger reaches everything in the bar, and the list’s search and filter, over 44 pixels', async ({
  page,
  running,
}) => {
  await running.api('PUT', '/api/circuits/local-ollama/override', {
    mode: 'forced_open',
    reason: 'maintenance',
    ttl: '1h',
  })
  await page.goto(running.url)
  await expectHydrated(page)
  const bar = page.getByRole('banner')
  await expect(bar.getByRole('link', { name: /^1 override/ })).toBeVisible()
  expect(await tooSmall(bar)).toEqual([])
  const tools = page.getByRole('search')
  await tools.scrollIntoViewIfNeeded()
  expect(await tooSmall(tools)).toEqual([])
})

test('a finger reaches the way on from where nothing is', async ({ page, running, complaints }) => {
  for (const path of ['/nowhere', '/providers/nobody']) {
    await page.goto(`${running.url}${path}`)
    expect(await tooSmall(page.getByRole('main')), path).toEqual([])
  }
  // Of a page that is not there the browser itself complains.
  complaints.length = 0
})
