import type { Page } from '@playwright/test'
import { expectNoBarrier } from './axe-audit.ts'
import { type Console, prepareConsole } from './console.ts'
import { end, expect, expectHydrated, test } from './fixtures.ts'
import { alertScreens } from './alert-screens.ts'
import type { Screen } from './screen.ts'
import { EMPTY_SCREENS, FIRST_SCREENS, SCREENS } from './screens.ts'
import { makeAlarms } from './troubled-alerts.ts'
import { makeTrouble } from './troubled-fleet.ts'

test.describe.configure({ mode: 'parallel' })
test.use({ actionTimeout: 20_000 })

/** Shows one screen after the other and looks at each. */
async function inspect(page: Page, running: Console, screens: readonly Screen[]): Promise<void> {
  for (const { path, does, part, open } of screens) {
    const name = [path, does].filter((word) => word !== undefined).join(': ')
    await test.step(name, async () => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(`${running.url}${path}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      if (open !== undefined) {
        await expectHydrated(page)
        await open(page, running)
      }
      await expectNoBarrier(page, part)
    })
  }
}

for (const [title, screens] of Object.entries(SCREENS)) {
  test(
    `axe finds nothing, and nothing is cut off: ${title}`,
    { tag: '@wide' },
    async ({ page, running, fleet, complaints }) => {
      test.setTimeout(240_000)
      const decision = await makeTrouble(fleet, running)
      const sheet = title === 'routing' ? [{ path: `/routing?decision=${decision}` }] : []
      await inspect(page, running, [...screens, ...sheet])
      // Of the pages that are not there.
      const rest = complaints.filter((text) => !text.includes('status of 404'))
      complaints.splice(0, complaints.length, ...rest)
    },
  )
}

test.describe('where alarms were raised', () => {
  test.use({ env: { SWITCHYARD_PRIVATE_WEBHOOKS: 'on' } })

  test(
    'axe finds nothing, and nothing is cut off: alerts',
    { tag: '@wide' },
    async ({ page, running, fleet }) => {
      test.setTimeout(300_000)
      const alarms = await makeAlarms(fleet, running)
      try {
        await inspect(page, running, alertScreens(alarms.incidentId))
      } finally {
        alarms.stop()
      }
    },
  )
})

test('axe finds nothing on the pages one looks at first', async ({ page, running, fleet }) => {
  await makeTrouble(fleet, running)
  await inspect(page, running, FIRST_SCREENS)
})

test('axe finds nothing where there is no provider yet', { tag: '@wide' }, async ({ page }) => {
  const running = await prepareConsole()
  try {
    await running.start()
    await inspect(page, running, EMPTY_SCREENS)
  } finally {
    await end(running)
  }
})

test('what has the focus is never beneath the bars at the window’s ends', async ({ page, running }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${running.url}/settings/thresholds`)
  await page.getByLabel('Check time-out').fill('2s')
  await expect(page.getByRole('region', { name: 'Draft' })).toBeVisible()
  const isSeen = () =>
    page.evaluate(() => {
      const focused = document.activeElement
      const { left, top, width, height } = (focused ?? document.body).getBoundingClientRect()
      const there = document.elementFromPoint(left + width / 2, top + height / 2)
      return focused?.contains(there) === true ? 'seen' : `covered: ${focused?.id}`
    })
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let i = 0; i < 16; i += 1) {
      await page.keyboard.press(key)
      expect(await isSeen()).toBe('seen')
    }
  }
})
