import type { Page, Route } from '@playwright/test'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import { expectNoBarrier } from './axe-audit.ts'
import { plant } from './canaries.ts'
import { ADA, becomeAda, expect, signIn, test as base } from './sign-in.fixture.ts'

/** What a form was filled with cannot be read meanwhile: the browser complains of that, which is expected here. */
const test = base.extend({
  complaints: async ({ complaints }, provide) => {
    await provide(complaints)
    const rest = complaints.filter((text) => !text.includes('status of 503'))
    complaints.splice(0, complaints.length, ...rest)
  },
})

/** Lets nothing be read at an address until the returned function is called; what is written gets through. */
async function unreadable(page: Page, address: string): Promise<() => Promise<void>> {
  const busy = (route: Route) =>
    route.request().method() === 'GET' ? route.fulfill({ status: 503 }) : route.continue()
  await page.route(address, busy)
  return () => page.unroute(address, busy)
}

test('a draft of thresholds says that what is in force could not be read again, and is kept', async ({
  page,
  guarded: { url },
  guarded,
}) => {
  await becomeAda(page, guarded)
  await page.goto(`${url}/settings/thresholds`)
  await expect(page.getByText(/^Live/).first()).toBeVisible()
  const field = page.getByLabel(/opens after failures in a row/i)
  await field.fill('9')
  const readable = await unreadable(page, '**/api/settings')
  const answer = await page.request.get(`${url}/api/settings`)
  const { settings, version } = (await answer.json()) as SettingsVersion
  const breaker = { ...settings.breaker, failureThreshold: 7 }
  const saved = await page.request.put(`${url}/api/settings`, {
    data: { settings: { ...settings, breaker }, expectedVersion: version, reason: 'saved by somebody else' },
  })
  expect(saved.status()).toBe(200)

  const notice = page.getByRole('status').filter({ hasText: 'What is in force could not be read again' })
  await expect(notice).toContainText(/Last good data: as of .* ago\. The server answered 503\./)
  await expect(field).toHaveValue('9')
  await expectNoBarrier(page, undefined)
  await readable()
  await notice.getByRole('button', { name: 'Try again' }).click()
  await expect(notice).toBeHidden()
  await expect(page.getByText(/was put in force by Ada meanwhile/)).toBeVisible()
  await expect(field).toHaveValue('9')
})

test('a channel’s form says the same of the channel, and what was typed is saved once it can be read', async ({
  page,
  guarded: { url },
  guarded,
}) => {
  await becomeAda(page, guarded)
  const secrets = { url: { secret: `https://example.org/${plant('a hook')}` } }
  const data = { kind: 'webhook', name: 'Duty phone', settings: { form: 'json' }, secrets }
  const made = await page.request.post(`${url}/api/alerts/channels`, { data })
  const { channel } = (await made.json()) as { channel: { id: string } }
  await page.goto(`${url}/settings/channels/${channel.id}`)
  await page.getByLabel('Name').fill('Night phone')
  const readable = await unreadable(page, `**/api/alerts/channels/${channel.id}`)
  const notice = page.getByRole('status').filter({ hasText: 'Duty phone could not be read again' })
  await expect(notice).toContainText(/Last good data: as of .* ago\. The server answered 503\./)
  await expect(page.getByLabel('Name')).toHaveValue('Night phone')
  await readable()
  await expect(notice).toBeHidden()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Night phone' })).toBeVisible()
})

test('a list to choose from that could not be read again says so, and can still be chosen from', async ({
  page,
  guarded,
}) => {
  await becomeAda(page, guarded)
  const secrets = { url: { secret: `https://example.org/${plant('another hook')}` } }
  const data = { kind: 'webhook', name: 'Duty phone', settings: { form: 'json' }, secrets }
  await page.request.post(`${guarded.url}/api/alerts/channels`, { data })
  await page.goto(`${guarded.url}/settings/alert-rules/new?preset=provider_unhealthy`)
  const choice = page.getByRole('button', { name: 'Duty phone', exact: true })
  await expect(async () => {
    await page.getByRole('radio', { name: 'Only some' }).click()
    await expect(choice).toBeVisible({ timeout: 1_000 })
  }).toPass()
  const readable = await unreadable(page, '**/api/alerts/channels**')
  const notice = page.getByRole('status').filter({ hasText: 'The list of channels could not be read again' })
  await expect(notice).toContainText('The server answered 503.')
  await choice.click()
  await readable()
  await notice.getByRole('button', { name: 'Try again' }).click()
  await expect(notice).toBeHidden()
  await expect(choice).toHaveAttribute('aria-pressed', 'true')
})

test('a name that is being typed outlives the account’s being read again with another', async ({
  page,
  guarded,
  stranger,
}) => {
  await becomeAda(page, guarded)
  await page.goto(`${guarded.url}/profile`)
  await signIn(stranger, guarded, ADA)
  await expect(stranger).toHaveURL(`${guarded.url}/`)
  await page.reload()
  await page.getByLabel('Name', { exact: true }).fill('Ada, at night')
  await stranger.request.patch(`${guarded.url}/api/profile`, { data: { name: 'Countess' } })
  await page.getByRole('button', { name: 'End all others…' }).click()
  const again = page.waitForResponse(`${guarded.url}/api/profile`)
  await page.getByRole('dialog').getByRole('button', { name: /^End/ }).click()
  expect(await (await again).json()).toMatchObject({ name: 'Countess' })
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ada, at night')
})
