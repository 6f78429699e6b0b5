import { readFile } from 'node:fs/promises'
import { prepareBuild } from '#scripts/prepare-build.ts'
import { registerFleet } from '#demo/register.ts'
import { BASE_PATH } from './base-path.ts'
import { prepareConsole } from './console.ts'
import { end, expect, expectHydrated, rowOf, test } from './fixtures.ts'
import { openReverseProxy } from './reverse-proxy.ts'

test(
  'the console lives under a path of its host, behind a proxy',
  { tag: '@wide' },
  async ({ page, fleet, complaints }) => {
    // Made before, where the whole test suite runs.
    test.setTimeout(300_000)
    await prepareBuild(BASE_PATH)
    const proxy = await openReverseProxy({ keepsHost: false })
    const console_ = await prepareConsole({
      SWITCHYARD_BASE_PATH: BASE_PATH,
      SWITCHYARD_PUBLIC_URL: proxy.url + BASE_PATH,
      SWITCHYARD_TRUSTED_PROXIES: '127.0.0.1',
    })
    await console_.start()
    await registerFleet(console_.url, fleet.providers)
    proxy.passTo(console_.url)
    const strays: string[] = []
    page.on('request', (request) => {
      const { origin, pathname, protocol } = new URL(request.url())
      const isOurs = origin === proxy.url && (pathname === BASE_PATH || pathname.startsWith(`${BASE_PATH}/`))
      if (protocol === 'http:' && !isOurs && request.url() !== `${proxy.url}/`) strays.push(request.url())
    })

    // The root shows the way; the overview is live.
    await page.goto(proxy.url)
    await expect(page).toHaveURL(`${proxy.url}${BASE_PATH}`)
    await expect(page.getByText(/^Live/).first()).toBeVisible()
    await fleet.order('openai-prod', { condition: 'down' })
    await rowOf(page, 'OpenAI').getByRole('link').first().click()
    await expect(page).toHaveURL(`${proxy.url}${BASE_PATH}/providers/openai-prod`)

    // The palette and a link lead inside; a change is made.
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('anthropic')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`${proxy.url}${BASE_PATH}/providers/anthropic`)
    const answering = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Check now' }).click()
    const answer = await answering
    expect([answer.status(), new URL(answer.url()).pathname]).toEqual([
      200,
      `${BASE_PATH}/api/providers/anthropic/check`,
    ])

    // Unsaved changes ask before they are left, and leave to where they should.
    await page.goto(`${proxy.url}${BASE_PATH}/settings/providers/anthropic`)
    await expectHydrated(page)
    await page.getByLabel('Name').first().fill('Anthropic 2')
    await page.getByRole('link', { name: 'Circuits' }).first().click()
    await page.getByRole('button', { name: 'Leave and lose it' }).click()
    await expect(page).toHaveURL(`${proxy.url}${BASE_PATH}/circuits`)

    // A file is downloaded.
    await page.goto(`${proxy.url}${BASE_PATH}/settings/data`)
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download checks as CSV' }).click()
    expect(await readFile(await (await coming).path(), 'utf8')).toContain('anthropic')
    expect(strays, 'nothing is asked for outside the path').toEqual([])

    // Where there is nothing, the way back is inside too.
    await page.goto(`${proxy.url}${BASE_PATH}/nowhere`)
    await expect(page.getByRole('link', { name: 'Overview' })).toHaveAttribute('href', `${BASE_PATH}/`)
    await page.getByRole('link', { name: 'Overview' }).click()
    await expect(page.getByText(/^Live/).first()).toBeVisible()
    // Of the page that is not there the browser itself complains.
    complaints.length = 0

    // Outside of it there is nothing, but for health.
    const status = async (path: string) => (await fetch(proxy.url + path, { redirect: 'manual' })).status
    expect(await status(`${BASE_PATH}/api/health`)).toBe(200)
    expect(await status('/api/health')).toBe(200)
    for (const path of [
      '/api/monitor',
      '/circuits',
      '/ops',
      '/ops/switchyards',
      '/_next/static/x.js',
      '/icon.svg',
    ])
      expect(await status(path), path).toBe(404)
    await end(console_)
    proxy.close()
  },
)
