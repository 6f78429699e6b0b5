import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { expect, rowOf, test } from './fixtures.ts'

const NAME = 'OpenAI production'

test('a provider goes down: the circuit opens on the screen, and closes again, without a reload', async ({
  page,
  fleet,
  running,
}) => {
  await page.goto(running.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/All 3 providers are healthy/)
  await expect(rowOf(page, NAME)).toContainText('Closed')

  await fleet.order('openai-prod', { condition: 'down' })
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    `1 of 3 providers is unhealthy: ${NAME}`,
  )
  await expect(rowOf(page, NAME)).toContainText(/Open(?!AI)/)
  await expect(rowOf(page, NAME)).toContainText(/connect refused/i)

  await fleet.order('openai-prod', { condition: 'up' })
  await expect(rowOf(page, NAME)).toContainText('Closed', { timeout: 40_000 })
  await expect(rowOf(page, 'Anthropic')).toContainText('Closed')
})

test('an operator forces a circuit open with a reason and an end, releases it, and resets it', async ({
  page,
  running,
}) => {
  await page.goto(`${running.url}/providers/openai-prod`)
  await page.getByRole('button', { name: 'Force open…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Force open' }).click()
  await expect(dialog.getByText(/at least 3 characters/)).toBeVisible()
  await dialog.getByLabel(/reason/i).fill('invoice dispute')
  await dialog.getByRole('radio', { name: '15 min' }).click()
  await dialog.getByRole('button', { name: 'Force open' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('group', { name: /is forced open$/ })).toBeVisible()
  await expect(page.getByText(/forced open/i).first()).toBeVisible()
  await expect(page.getByText('invoice dispute').first()).toBeVisible()

  // While the toast stands: it is in nobody's way.
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page).toHaveURL(`${running.url}/`)
  await expect(rowOf(page, NAME)).toContainText(/forced open/i)
  await expect(rowOf(page, NAME)).toContainText(/1[45]\smin left/)

  await page.goto(`${running.url}/circuits`)
  const row = page.getByRole('row').filter({ hasText: NAME }).first()
  await expect(row).toContainText(/invoice dispute/)
  await row.getByRole('button', { name: /release/i }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /release/i })
    .click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(row).not.toContainText(/invoice dispute/)

  await row.getByRole('button', { name: /reset/i }).click()
  await page
    .getByRole('dialog')
    .getByLabel(/reason/i)
    .fill('fresh start')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^reset to/i })
    .click()
  await expect(page.getByRole('dialog')).toBeHidden()
  const events = await running.api<{ items: FleetEventRecord[] }>(
    'GET',
    '/api/circuits/openai-prod/transitions',
  )
  expect(events.items.map((event) => event.kind)).toContain('override')
  const reset = events.items.find((event) => event.kind === 'transition' && event.cause === 'operator')
  expect(reset).toMatchObject({ reason: 'fresh start' })
})

test('thresholds are changed in the form, in force at once, and undone', async ({ page, running }) => {
  await page.goto(`${running.url}/settings/thresholds`)
  const field = page.getByLabel(/opens after failures in a row/i)
  await field.fill('900')
  await expect(page.getByText('at most 100').first()).toBeVisible()
  await field.fill('7')
  await page.getByRole('button', { name: /review 1 change/i }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/reason/i).fill('fewer false trips')
  await dialog.getByRole('button', { name: /^save/i }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/version 3/i).first()).toBeVisible()
  const { settings } = await running.api<{ settings: { breaker: { failureThreshold: number } } }>(
    'GET',
    '/api/settings',
  )
  expect(settings.breaker.failureThreshold).toBe(7)

  await page.getByRole('button', { name: /undo/i }).click()
  await expect(field).toHaveValue('3')
})

test('of many providers the settings show the first, find any, and show all when asked', async ({
  page,
  running,
}) => {
  for (let i = 10; i < 80; i += 1)
    await running.api('POST', '/api/providers', {
      id: `many-${i}`,
      name: `Many ${i}`,
      kind: 'http',
      baseUrl: 'http://127.0.0.1:9',
      enabled: false,
    })
  await page.goto(`${running.url}/settings/providers`)
  const rows = page.getByRole('region', { name: 'Providers' }).getByRole('row')
  await expect(rows).toHaveCount(1 + 60)
  await expect(page.getByText('73 providers, 70 disabled.')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search providers' }).fill('many 79')
  await expect(rows).toHaveCount(1 + 1)
  await expect(rowOf(page, 'Many 79')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search providers' }).fill('')
  await page.getByRole('button', { name: 'Show all 73' }).click()
  await expect(rows).toHaveCount(1 + 73)
  await expect(page.getByRole('button', { name: /^Show all/ })).toHaveCount(0)
})

test('stopped, the console says so instead of staying green; started again, it has everything back', async ({
  page,
  running,
  complaints,
}) => {
  test.setTimeout(150_000)
  await running.api('PUT', '/api/circuits/anthropic/override', {
    mode: 'forced_open',
    reason: 'held over a restart',
    ttl: '1h',
  })
  await page.goto(running.url)
  await expect(rowOf(page, 'Anthropic')).toContainText(/forced open/i)
  const topOf = async () => (await page.getByRole('main').boundingBox())?.y
  const before = await topOf()

  await running.stop('SIGKILL')
  await expect(page.getByText(/disconnected/i).first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Try now' })).toBeVisible({ timeout: 60_000 })
  expect(await topOf(), 'the banner pushes nothing away').toBe(before)
  await expect(page).toHaveTitle(/stale/)
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/^All 3 providers are healthy/)

  await running.start()
  // By itself at its next try, or at once by the banner's button: nobody need reload the page.
  await expect(page.getByText(/disconnected/i)).toHaveCount(0, { timeout: 40_000 })
  await expect(rowOf(page, 'Anthropic')).toContainText(/forced open/i)
  const circuit = await running.api<{ override: { reason: string } }>('GET', '/api/circuits/anthropic')
  expect(circuit.override.reason).toBe('held over a restart')
  // What the browser logs of answers that say "starting" is as it should be.
  complaints.length = 0
})

test('SIGTERM ends the console with code 0, open streams and all', async ({ page, running, complaints }) => {
  await page.goto(running.url)
  await expect(rowOf(page, NAME)).toBeVisible()
  expect(await running.stop('SIGTERM')).toBe(0)
  // A question that came too late is answered "unavailable", which the browser logs.
  expect(complaints.filter((complaint) => !/status of 503/.test(complaint))).toEqual([])
  complaints.length = 0
})

test('what was done is found in the audit, with what changed and the way to its chart', async ({
  page,
  running,
}) => {
  await running.api('PUT', '/api/circuits/openai-prod/override', {
    mode: 'forced_open',
    reason: 'invoice dispute',
    ttl: '15m',
  })
  await page.goto(`${running.url}/audit`)
  const table = page.getByRole('table', { name: 'Entries of the audit' })
  await expect(table.getByRole('row').nth(1)).toContainText('Forced open for 15m')

  await page.getByRole('searchbox').fill('INVOICE')
  await expect(page).toHaveURL(/q=INVOICE/)
  await expect(table.getByRole('row')).toHaveCount(2)
  await page.getByRole('combobox', { name: 'Outcome' }).click()
  await page.getByRole('option', { name: 'Refused' }).click()
  await expect(page.getByText('No entry matches “INVOICE” and outcome “Refused”.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(table.getByRole('row').nth(2)).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue('')

  await table.getByRole('link', { name: /Forced open for 15m/ }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText('invoice dispute')
  await expect(sheet.getByRole('table')).toContainText('override.mode')
  await expect(sheet).toContainText(/[0-9a-f]{64}/)
  await sheet.getByRole('button', { name: 'Only about this' }).click()
  await expect(page).toHaveURL(/entity=circuit%3Aopenai-prod/)
  await expect(table.getByRole('row')).toHaveCount(2)
  await sheet.getByRole('link', { name: 'Show on chart' }).click()
  await expect(page).toHaveURL(/\/providers\/openai-prod\?from=/)

  const file = await (await fetch(`${running.url}/api/export/audit?action=circuit`)).text()
  expect(file).toContain('invoice dispute')
})
