import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'

const PAGES = [
  '/',
  '/providers/openai-prod',
  '/circuits',
  '/settings/providers',
  '/settings/providers/new?kind=openai',
  '/settings/providers/openai-prod',
  '/settings/thresholds',
]

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious on any page, and nothing is wider than a phone, ${colorScheme}`, async ({
    page,
    running,
    fleet,
  }) => {
    await fleet.order('anthropic', { condition: 'status', status: 500 })
    await running.api('PUT', '/api/circuits/local-ollama/override', {
      mode: 'forced_open',
      reason: 'maintenance',
      ttl: '1h',
    })
    await page.emulateMedia({ colorScheme })
    for (const path of PAGES) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(`${running.url}${path}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze()
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(
        grave.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      ).toEqual([])

      await page.setViewportSize({ width: 390, height: 844 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `${path} scrolls sideways on a phone`).toBeLessThanOrEqual(0)
    }
  })
}
