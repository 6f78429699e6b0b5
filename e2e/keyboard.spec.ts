import { expect, expectHydrated, rowOf, test } from './fixtures.ts'

test('everything can be reached by keyboard, and no single key changes anything', async ({
  page,
  running,
}) => {
  await page.goto(running.url)
  await expect(rowOf(page, 'Anthropic')).toBeVisible()
  await expectHydrated(page)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/circuits/)
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page).toHaveURL(/\/routing/)
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page).toHaveURL(new RegExp(`^${running.url}/(\\?|$)`))

  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('anthropic')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/providers\/anthropic/)

  for (const key of 'fropxdk12 ') await page.keyboard.press(key === ' ' ? 'Space' : key)
  const circuits = await running.api<{ items: { override: unknown; generation: number }[] }>(
    'GET',
    '/api/circuits',
  )
  expect(circuits.items.every(({ override, generation }) => override === null && generation === 0)).toBe(true)
})

test('two tabs share one stream, and both follow', async ({ page, context, running, fleet }) => {
  await page.goto(running.url)
  const second = await context.newPage()
  await second.goto(running.url)
  await fleet.order('openai-prod', { condition: 'down' })
  for (const tab of [page, second]) {
    await expect(tab.getByRole('heading', { level: 1 })).toContainText('1 of 3 providers is unhealthy')
  }
})
