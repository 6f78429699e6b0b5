import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { Page } from '@playwright/test'
import { expect, expectHydrated, lookedAt, test } from './fixtures.ts'

const PAGES = [
  '/',
  '/providers/openai-prod',
  '/providers/nobody',
  '/circuits',
  '/compare?with=openai-prod&with=anthropic',
  '/routing',
  '/routing?tab=simulator',
  '/settings',
  '/settings/providers/new?kind=openai',
  '/settings/providers/openai-prod',
  '/settings/thresholds',
  '/settings/routes/new?over=all',
  '/settings/gateway-keys',
  '/settings/data',
  '/audit',
  '/incidents',
  '/incidents?tab=silences',
  '/incidents/nothing',
]

/** Keeps what the page's policy refuses, from the first byte on and over every page that is opened. */
async function collectViolations(page: Page): Promise<string[]> {
  const violations: string[] = []
  await page.exposeBinding('reportViolation', (_source, text: string) => void violations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      const { reportViolation } = globalThis as unknown as { reportViolation: (text: string) => void }
      reportViolation(`${location.pathname}: ${effectiveDirective} refuses ${blockedURI} ${sample}`)
    })
  })
  return violations
}

test(
  'no page is refused anything by its own policy',
  { tag: '@wide' },
  async ({ page, running, complaints }) => {
    const violations = await collectViolations(page)
    for (const path of PAGES) {
      await page.goto(`${running.url}${path}`)
      await expectHydrated(page)
    }
    // A page that is not there stands alone.
    await page.goto(`${running.url}/nothing-here`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    // What is loaded later: pages by link, the palette, a list to choose from.
    await page.goto(running.url)
    await expectHydrated(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('anthropic')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/providers\/anthropic/)
    await page.getByRole('link', { name: 'Circuits' }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('circuits are closed')
    await page.goto(`${running.url}/settings/providers/new?kind=openai`)
    await page.locator('button[role=combobox]').first().click()
    await expect(page.getByRole('listbox').first()).toBeVisible()
    expect(violations).toEqual([])
    // The browser says so of the answers of the pages that are not there.
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !/404/.test(text)))
  },
)

test.describe('of a fleet that is only looked at', () => {
  const watched = lookedAt()

  test('a script that was written into a page does not run, each page has a nonce of its own', async ({
    page,
    complaints,
  }) => {
    const violations = await collectViolations(page)
    const policies = new Set<string>()
    await page.route(`${watched().url}/circuits`, async (route) => {
      const response = await route.fetch()
      policies.add(response.headers()['content-security-policy'] ?? '')
      const injected =
        '<body><script>document.title="injected"</script><img src="x" onerror="document.title=1">'
      const body = (await response.text()).replace('<body>', injected)
      await route.fulfill({ response, body })
    })
    await page.goto(`${watched().url}/circuits`)
    await expectHydrated(page)
    await page.reload()
    await expectHydrated(page)
    await expect(page).toHaveTitle(/Circuits/)
    await expect
      .poll(() => violations.filter((text) => text.includes('script-src')).length)
      .toBeGreaterThan(3)
    expect(policies.size).toBe(2)
    for (const policy of policies) {
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{22,}' 'strict-dynamic';/)
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
      expect(policy).not.toMatch(/style-src [^;]*unsafe/)
      expect(policy).toContain("frame-ancestors 'none'")
    }
    complaints.length = 0
  })

  test('an answer that is no page may load nothing at all', async () => {
    for (const path of ['/api/monitor', '/api/nothing']) {
      const { headers } = await fetch(`${watched().url}${path}`)
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/)
    }
  })

  test('no request names where it is led', async () => {
    const { hostname, port, origin } = new URL(watched().url)
    for (const path of [
      '//evil.example',
      '//evil.example/',
      '///evil.example/%2e%2e/',
      '/\\evil.example/',
      '/%5cevil.example/',
      '/%2f%2fevil.example/',
      '/https://evil.example/',
      '/.//evil.example/',
      '/settings?next=https://evil.example',
      '/settings/?url=//evil.example',
      '/circuits/',
    ]) {
      const asked = get({ hostname, port, path })
      const [answer] = (await once(asked, 'response')) as [IncomingMessage]
      answer.resume()
      const { location = '/' } = answer.headers
      expect(new URL(location, origin).origin, `${path} leads to ${location}`).toBe(origin)
      expect(answer.headers['x-request-id'], path).toMatch(/^[\da-f-]{36}$/)
    }
  })
})
