import type { Locator } from '@playwright/test'
import { expect, expectHydrated, test } from './fixtures.ts'

const ID = `far-away-${'x'.repeat(30)}`
const PROVIDER = {
  id: ID,
  name: 'AProviderOfAnotherRegionWhoseNameHasNoSpace'.repeat(3).slice(0, 100),
  kind: 'openai-compatible',
  // Nobody listens there: its failures are told on every page.
  baseUrl: `http://127.0.0.1:9/${'segment'.repeat(10)}`,
  models: [{ name: `model-${'m'.repeat(90)}` }],
}

const PATHS = [
  '/',
  `/providers/${ID}`,
  '/circuits',
  '/incidents',
  `/compare?with=${ID}`,
  '/routing',
  '/audit',
  '/settings/providers',
  `/settings/providers/${ID}`,
]

test(
  'a name of a hundred letters without a space pushes no page wider than a phone',
  { tag: '@wide' },
  async ({ page, running }) => {
    test.setTimeout(180_000)
    await running.api('POST', '/api/providers', PROVIDER)
    await running.api('POST', '/api/alerts/rules', {
      name: 'Down at once',
      condition: { type: 'provider_unhealthy' },
      severity: 'critical',
      for: '0s',
      keepFiring: '0s',
    })
    const firing = async () => {
      const { items } = await running.api<{ items: { id: string }[] }>('GET', '/api/alerts/incidents/open')
      return items[0]?.id ?? null
    }
    await expect.poll(firing, { timeout: 60_000 }).not.toBeNull()
    const incident = `/incidents/${await firing()}`

    await page.setViewportSize({ width: 390, height: 844 })
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
    for (const path of [...PATHS, incident]) {
      await test.step(path, async () => {
        await page.goto(`${running.url}${path}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectHydrated(page)
        await expect.poll(fits, `${path} is no wider than the window`).toBe(true)
      })
    }

    await page.goto(`${running.url}/providers/${ID}`)
    await expectHydrated(page)
    await page.getByRole('button', { name: 'Force open…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('radiogroup').first()).toBeVisible()
    expect(await rightEnd(dialog.getByRole('radiogroup').first())).toBeLessThanOrEqual(await rightEnd(dialog))
  },
)

const rightEnd = (part: Locator) => part.evaluate((element) => element.getBoundingClientRect().right)
