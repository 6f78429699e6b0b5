import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import { expectNoBarrier } from './axe-audit.ts'
import { expect, test } from './fixtures.ts'

const NAME = 'OpenAI production'

test('a rule is tried over what was recorded before it is saved', async ({
  page,
  fleet,
  running,
  complaints,
}) => {
  await fleet.order('openai-prod', { condition: 'down' })
  const circuit = () => running.api<CircuitSnapshot>('GET', '/api/circuits/openai-prod')
  await expect.poll(async () => (await circuit()).state, { timeout: 30_000 }).toBe('open')

  await page.goto(`${running.url}/settings/alert-rules/new?preset=circuit_opened`)
  const panel = page.getByRole('region', { name: 'Back-test' })
  const tryIt = panel.getByRole('button', { name: 'Try it' })
  await expect(panel).toContainText('Nothing is saved, and nobody is told')

  await page.getByLabel('Bad for').fill('soon')
  await tryIt.click()
  await expect(page.getByText('write a number with a unit').first()).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'Bad for' })).toBeVisible()
  await expect(panel).toContainText('Nothing is saved, and nobody is told')

  await page.getByLabel('Bad for').fill('0s')
  await panel.getByRole('radio', { name: /^1.d$/ }).click()
  await tryIt.click()
  await expect(panel).toContainText(/Would have fired (once|\d+ times) in /)
  await expect(panel).toContainText('The record goes back no further')
  const firing = panel.getByRole('list', { name: /^When it would have fired/ }).getByRole('listitem')
  await expect(firing.first()).toContainText(NAME)
  await expect(firing.first()).toContainText(/for \d+.s|for \d+.min/)
  await expect(firing.first().locator('time')).toContainText('UTC')
  await expectNoBarrier(page, undefined)
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByLabel('Name').fill('Another name')
  await expect(panel).not.toContainText('before your last changes')
  await page.getByRole('radio', { name: 'By tag' }).click()
  await page.getByLabel('Tags').fill('nobody-has-it')
  await expect(panel).toContainText('This is of the rule as it was before your last changes.')
  await tryIt.click()
  await expect(panel).toContainText('It covers no circuit')
  await expect(panel).not.toContainText('before your last changes')

  await page.getByRole('combobox', { name: 'Condition' }).click()
  await page.getByRole('option', { name: 'Provider down' }).click()
  await tryIt.click()
  await expect(panel).toContainText('The status of providers is not recorded')

  await page.route('**/api/alerts/rules/back-test', (route) => route.abort())
  await tryIt.click()
  await expect(panel).toContainText('The server cannot be reached')
  await expect(panel).not.toContainText('Last good data')
  const { items } = await running.api<{ items: { name: string }[] }>('GET', '/api/alerts/rules')
  expect(items.map(({ name }) => name)).not.toContain('Another name')

  // Whoever leaves the editor gives up what still runs there.
  await page.unroute('**/api/alerts/rules/back-test')
  await page.route('**/api/alerts/rules/back-test', () => undefined)
  const asked = page.waitForRequest('**/api/alerts/rules/back-test')
  await tryIt.click()
  await asked
  const givenUp = page.waitForEvent('requestfailed', (one) => one.url().endsWith('/back-test'))
  await page.getByRole('link', { name: 'Circuits' }).first().click()
  await page.getByRole('button', { name: /^Leave and lose/ }).click()
  expect((await givenUp).failure()?.errorText).toBe('net::ERR_ABORTED')
  await expect(page).toHaveURL(/\/circuits/)
  // Of the request that did not get through.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/Failed to load/.test(text)))
})
