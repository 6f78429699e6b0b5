import type { IncidentRow } from '#lib/contract/incident-row.ts'
import { expect, test } from './fixtures.ts'

const PAGES = [
  '/',
  '/providers/openai-prod',
  '/circuits',
  '/compare?with=openai-prod&with=anthropic',
  '/routing',
  '/incidents',
  '/audit',
  '/settings/providers/openai-prod',
  '/settings/thresholds',
]

// Killed: a boundary around the ways to the pages, which count incidents, and one around the choice of a range.
test(
  'no part of a page becomes React’s after the rest, when the stream has moved on',
  { tag: '@wide' },
  async ({ running: { url } }) => {
    for (const path of PAGES) {
      const html = await (await fetch(url + path)).text()
      // How React marks a part that it takes over by itself; Next leaves empty ones, and parts without HTML are drawn anew.
      const apart = html.match(/<!--\$\?-->|<!--\$-->(?!<!--\/\$-->).{0,80}/g)
      expect(apart, `parts of ${path} that are taken over apart`).toBeNull()
    }
  },
)

// Killed: as above; the ways to the pages then met a count that the server had not written.
test('an incident that begins while the page is taken over by React is counted without a complaint', async ({
  page,
  fleet,
  running: { api, url },
}) => {
  await api('POST', '/api/alerts/rules', {
    name: 'Down at once',
    condition: { type: 'provider_unhealthy' },
    severity: 'critical',
    for: '0s',
  })
  const firing = async () => {
    const { items } = await api<{ items: IncidentRow[] }>('GET', '/api/alerts/incidents/open')
    return items.filter(({ state }) => state === 'firing').length
  }
  const open = '**/api/alerts/incidents/open*'
  await page.route(
    open,
    async (route) => {
      await fleet.order('anthropic', { condition: 'down' })
      await expect.poll(firing, { timeout: 30_000 }).toBe(1)
      await route.continue()
    },
    { times: 1 },
  )
  await page.addInitScript(holdFrames)
  await page.goto(url)
  await expect(page, 'the page knows of the incident').toHaveTitle(/^\(1 firing\)/, { timeout: 45_000 })
  await page.evaluate(() => globalThis.dispatchEvent(new Event('test:frames')))
  await expect(page.getByRole('link', { name: 'Incidents 1 firing' })).toBeVisible()
})

/** Draws no frame until it is told to, as a busy machine might; what comes apart from the page is shown in a frame. */
function holdFrames(): void {
  const held: FrameRequestCallback[] = []
  const draw = globalThis.requestAnimationFrame
  globalThis.requestAnimationFrame = (callback) => held.push(callback)
  globalThis.addEventListener('test:frames', () => {
    globalThis.requestAnimationFrame = draw
    for (const callback of held) draw(callback)
  })
}
