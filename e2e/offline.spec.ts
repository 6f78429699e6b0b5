import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import { expect, expectHydrated, test } from './fixtures.ts'

const NO_ANSWER = 'The server cannot be reached.'
/** Longer than it takes until the page asks again for what it could not read. */
const SOON = { timeout: 30_000 }

// Killed: nothing asked for again by itself.
test('offline, a list that cannot be read says so, and comes by itself once the network is back', async ({
  page,
  context,
  running: { url },
}) => {
  await page.goto(`${url}/incidents`)
  await expectHydrated(page)
  await context.setOffline(true)
  await page.getByRole('combobox', { name: 'Provider' }).click()
  await page.getByRole('option', { name: 'Anthropic' }).click()
  const over = page.getByRole('region', { name: 'Over, last 30 days' })
  await expect(over).toContainText(NO_ANSWER)
  await context.setOffline(false)
  await expect(over).toContainText('No incident that is over matches provider “Anthropic”.', SOON)
})

// Killed: "Nothing was changed" said of what nobody answered.
test('offline, a command tells at its place that it is not confirmed, and is not run later', async ({
  page,
  context,
  running: { api, url },
}) => {
  await page.goto(`${url}/providers/openai-prod`)
  await expectHydrated(page)
  await page.getByRole('button', { name: 'Force open…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/reason/i).fill('invoice dispute')
  const press = () => dialog.getByRole('button', { name: 'Force open' }).click()
  const override = async () => (await api<CircuitSnapshot>('GET', '/api/circuits/openai-prod')).override

  await context.setOffline(true)
  await press()
  await expect(dialog.getByRole('alert')).toContainText('Not confirmed')
  await expect(dialog.getByRole('alert')).toContainText(NO_ANSWER)
  await context.setOffline(false)
  // The page has what it asks for again, so that whatever waited for the network has had its turn.
  await page.waitForResponse(/\/api\/providers\/openai-prod\/history/)
  expect(await override(), 'nothing was sent afterwards').toBeNull()
  await expect(dialog.getByLabel(/reason/i)).toHaveValue('invoice dispute')
  await press()
  await expect(dialog).toBeHidden()
  expect(await override()).toMatchObject({ reason: 'invoice dispute' })
})

// Killed: what a refusal means said of what nobody answered.
test('offline, nothing is claimed of a check and a backup that nobody answered', async ({
  page,
  context,
  running: { url },
}) => {
  const said = page.getByRole('main').getByText('Not confirmed')
  await page.goto(`${url}/providers/openai-prod`)
  await expectHydrated(page)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(said).toBeVisible()
  await context.setOffline(false)

  await page.goto(`${url}/settings/data`)
  await expectHydrated(page)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Not confirmed')
  await expect(page.getByRole('main').getByRole('alert')).toContainText(NO_ANSWER)
  await context.setOffline(false)
})

test('what is not saved is still in its form when the server was away, and can be saved', async ({
  page,
  running,
  complaints,
}) => {
  await page.goto(`${running.url}/settings/thresholds`)
  await expectHydrated(page)
  const field = page.getByLabel(/opens after failures in a row/i)
  await field.fill('7')
  await page.getByRole('button', { name: /review 1 change/i }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/reason/i).fill('fewer false trips')
  await running.stop('SIGKILL')
  const save = () => dialog.getByRole('button', { name: /^save/i }).click()
  await save()
  await expect(dialog.getByRole('alert')).toContainText(NO_ANSWER)
  await running.start()
  await expectHydrated(page)
  await expect(dialog.getByLabel(/reason/i)).toHaveValue('fewer false trips')
  await save()
  await expect(dialog).toBeHidden()
  await expect(field).toHaveValue('7')
  const { settings } = await running.api<{ settings: { breaker: { failureThreshold: number } } }>(
    'GET',
    '/api/settings',
  )
  expect(settings.breaker.failureThreshold).toBe(7)
  // What the browser logs of answers that say "starting" is as it should be.
  complaints.length = 0
})
