import type { SettingsPreview } from '#lib/contract/preview.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import type { Console } from './console.ts'
import { expect, rowOf, test } from './fixtures.ts'

const NAME = 'OpenAI production'

const HOUR = 3_600_000

/** How often the thresholds in force open a circuit in what is recorded so far; it is written down every few seconds. */
async function openingsReplayed({ api }: Console): Promise<number> {
  const { settings } = await api<SettingsVersion>('GET', '/api/settings')
  const now = Date.now()
  const range = { from: new Date(now - HOUR).toISOString(), to: new Date(now + HOUR).toISOString() }
  const { total } = await api<SettingsPreview>('POST', '/api/settings/preview', { settings, ...range })
  return total.inForce.openings
}

test('a draft shows what it would have done; one is suggested, put into the draft, and saved', async ({
  page,
  fleet,
  running,
}) => {
  test.setTimeout(90_000)
  await page.goto(running.url)
  await fleet.order('openai-prod', { condition: 'down' })
  await expect(rowOf(page, NAME)).toContainText(/Open(?!AI)/, { timeout: 30_000 })
  await fleet.order('openai-prod', { condition: 'up' })
  await expect(rowOf(page, NAME)).toContainText('Closed', { timeout: 40_000 })

  await expect.poll(() => openingsReplayed(running), { timeout: 30_000 }).toBeGreaterThan(0)

  await page.goto(`${running.url}/settings/thresholds`)
  const failures = page.getByLabel(/opens after failures in a row/i)
  await failures.fill('100')
  await page.getByLabel('24 h').check()
  const figures = page.getByRole('table', { name: /What the draft would have done, next to version/ })
  const openings = figures.getByRole('row', { name: /^Openings/ })
  await expect(openings.getByRole('cell').first()).toHaveText(/^[1-9]/)
  await expect(page.getByText(/^Would .* instead of /).first()).toBeVisible()

  await page.getByRole('button', { name: 'Table of the preview by provider' }).click()
  const table = page.getByRole('region', { name: /^By provider/ })
  await expect(table.getByRole('row').filter({ hasText: NAME })).toContainText('→')

  await page.getByRole('button', { name: 'Suggest', exact: true }).click()
  const weight = page.getByLabel('What a refused good call weighs')
  await expect(weight).toBeVisible({ timeout: 30_000 })
  // Where refusing weighs nothing, a draft that never opens is not the best.
  await weight.fill('0')
  await page.getByRole('button', { name: 'Put into the draft' }).click()
  await expect(page.getByText('The form says exactly this.')).toBeVisible()
  await expect(failures).not.toHaveValue('100')

  await page.getByRole('button', { name: /review \d+ changes?/i }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/reason/i).fill('suggested from what was recorded')
  await dialog.getByRole('button', { name: /^save/i }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/version 3/i).first()).toBeVisible()
})
