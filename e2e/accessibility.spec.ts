import AxeBuilder from '@axe-core/playwright'
import type { DecisionView } from '#lib/contract/decision.ts'
import { expect, test } from './fixtures.ts'

const PAGES = [
  '/',
  '/providers/openai-prod',
  '/providers/openai-prod?range=30d&ghost=1',
  '/circuits',
  '/circuits?range=400d',
  '/compare',
  '/compare?with=openai-prod&with=anthropic',
  '/routing',
  '/routing?tab=simulator&route=chat',
  '/audit',
  '/audit?entry=1',
  '/settings/providers',
  '/settings/providers/new?kind=openai',
  '/settings/providers/openai-prod',
  '/settings/thresholds',
  '/settings/routes',
  '/settings/routes/new?over=all',
  '/settings/routes/chat',
  '/settings/gateway-keys',
  '/settings/data',
]

/** One with a nested strategy of each kind that has fields. */
const ROUTE = {
  name: 'chat',
  models: ['gpt-4o*'],
  members: [{ providerId: 'openai-prod' }, { providerId: 'anthropic' }, { providerId: 'local-ollama' }],
  strategy: {
    type: 'conditional',
    rules: [
      {
        name: 'gold',
        when: { header: { name: 'x-tier', equals: 'gold' } },
        use: { type: 'failover', policy: { type: 'threshold', failures: 3 } },
      },
      { when: { minTokens: 2_000 }, use: { type: 'cost', maxLatency: '2s' } },
      {
        when: { time: { from: '08:00', to: '18:00', zone: 'Europe/Berlin' } },
        use: { type: 'adaptive', weights: { success: 1, latency: 1, cost: 1 }, exploration: 0.01 },
      },
    ],
    otherwise: {
      type: 'ab-test',
      stickyBy: 'user',
      variants: [
        { name: 'control', percent: 90, providerIds: ['openai-prod'] },
        { name: 'cheaper', percent: 10, providerIds: ['anthropic'] },
      ],
    },
  },
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious on any page, and nothing is wider than a phone, ${colorScheme}`, async ({
    page,
    running,
    fleet,
  }) => {
    test.setTimeout(180_000)
    await fleet.order('anthropic', { condition: 'status', status: 500 })
    await running.api('PUT', '/api/circuits/local-ollama/override', {
      mode: 'forced_open',
      reason: 'maintenance',
      ttl: '1h',
    })
    await running.api('POST', '/api/routes', ROUTE)
    await running.api('POST', '/api/client-keys', { name: 'checkout' })
    const { id, chosen, permit } = await running.api<DecisionView>('POST', '/api/routes/chat/select', {
      model: 'gpt-4o',
    })
    await running.api('POST', '/api/outcomes', [
      { providerId: chosen, class: 'provider_error', latencyMs: 120, permit: permit?.token },
    ])
    await page.emulateMedia({ colorScheme })
    for (const path of [...PAGES, `/routing?decision=${id}`]) {
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
