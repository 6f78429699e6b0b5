import { startFleet } from '#demo/fleet.ts'
import { SIMULATED_PROVIDERS } from '#demo/providers.ts'
import { prepareConsole } from './console.ts'
import { end, expect, rowOf, test } from './fixtures.ts'

test('an empty console offers presets, and the first provider is added and checked', async ({ page }) => {
  const running = await prepareConsole()
  const provider = SIMULATED_PROVIDERS.find(({ id }) => id === 'local-ollama')!
  const fleet = await startFleet({ seed: 3, providers: [provider] })
  try {
    await running.start()
    await page.goto(running.url)
    for (const preset of ['OpenAI', 'Anthropic', 'Azure OpenAI', 'Mistral', 'Groq', 'OpenRouter', 'Ollama']) {
      await expect(page.getByRole('link', { name: new RegExp(`^${preset}`) }).first()).toBeVisible()
    }
    await expect(page.getByText('npm run demo')).toBeVisible()
    const icon = await page.request.get(`${running.url}/favicon.ico`)
    expect(icon.headers()['content-type']).toBe('image/svg+xml')
    expect(await icon.text()).toContain('<svg')

    await page.getByRole('link', { name: /^Ollama/ }).click()
    await page.getByLabel('Name', { exact: true }).fill('My Ollama')
    await page.getByLabel(/base url/i).fill('ftp://example.com')
    await page.getByRole('button', { name: 'Add and check now' }).click()
    await expect(page.getByText(/an http:\/\/ or https:\/\/ URL/).first()).toBeVisible()
    await page.getByLabel(/base url/i).fill(fleet.providers[0]!.baseUrl)
    await page.getByRole('button', { name: 'Add and check now' }).click()
    await expect(page).not.toHaveURL(/\/new/)
    await page.goto(running.url)
    await expect(rowOf(page, 'My Ollama')).toContainText(/healthy/i)
  } finally {
    await end(running)
    await fleet.stop()
  }
})
