import type { Locator, Route } from '@playwright/test'
import type { DecisionView, RoutingState } from '#lib/contract/decision.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import type { Console } from './console.ts'
import { expect, expectHydrated, test } from './fixtures.ts'

const OPENAI = 'OpenAI production'
const OLLAMA = 'Local Ollama'
const CHAT = {
  name: 'chat',
  models: ['gpt-4o'],
  members: [{ providerId: 'openai-prod' }, { providerId: 'local-ollama', model: 'llama3.2:3b' }],
  strategy: { type: 'load-balance', algorithm: 'round-robin' },
}

/** Sends a chat through the gateway as an application would, and tells the id it was given. */
async function ask({ api }: Console, model: string): Promise<{ status: number; requestId: string }> {
  const { gatewayUrl } = await api<RoutingState>('GET', '/api/routing')
  const response = await fetch(`${gatewayUrl ?? ''}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  await response.text()
  return { status: response.status, requestId: response.headers.get('x-request-id') ?? '' }
}

/** The browser itself complains of an answer that refuses, as the test means it to. */
async function expectRefusal(complaints: string[], status: number): Promise<void> {
  await expect.poll(() => complaints.some((text) => text.includes(`status of ${status}`))).toBe(true)
  complaints.splice(
    0,
    complaints.length,
    ...complaints.filter((text) => !text.includes(`status of ${status}`)),
  )
}

const choose = async (select: Locator, option: string) => {
  await select.click()
  await select.page().getByRole('option', { name: option }).click()
}

test('a newcomer makes a route over all providers, sees its split, and gets its gateway', async ({
  page,
  running,
}) => {
  await page.goto(`${running.url}/routing`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No route yet')
  await page.getByRole('link', { name: 'Create a route over all providers' }).click()

  await expect(page.getByLabel('Name')).toHaveValue('all')
  await page.getByLabel('Name').fill('Not A Name')
  await page.getByRole('button', { name: 'Create the route' }).click()
  await expect(page.getByText('1 field needs another value')).toBeVisible()
  await page.getByLabel('Name').fill('chat')
  await page.getByLabel('Models').fill('gpt-4o')
  await page.getByRole('button', { name: 'Remove Anthropic' }).click()
  const ollama = page.getByRole('listitem', { name: OLLAMA })
  await ollama.getByLabel('Model there').fill('llama3.2:3b')
  await ollama.getByLabel('Weight').fill('3')
  const example = page.getByRole('region', { name: 'Example' })
  await expect(example).toContainText(`${OPENAI}25`)
  await expect(example).toContainText(`${OLLAMA}75`)

  await choose(page.getByRole('combobox', { name: 'Strategy' }), 'Failover')
  await expect(example).toContainText(`Every request goes to ${OPENAI}; then ${OLLAMA}.`)
  await page.getByRole('button', { name: `Move ${OLLAMA} up` }).click()
  await expect(example).toContainText(`Every request goes to ${OLLAMA}; then ${OPENAI}.`)
  await page.getByRole('button', { name: 'Create the route' }).click()
  await expect(page).toHaveURL(/\/settings\/routes\/chat$/)
  await expect(page.getByText('Route chat is in force')).toBeVisible()

  await page.goto(`${running.url}/routing`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('chat has 2 eligible members of 2')
  const { gatewayUrl } = await running.api<RoutingState>('GET', '/api/routing')
  await expect(page.getByText(`${gatewayUrl ?? ''}/v1`, { exact: true })).toBeVisible()
  expect(await ask(running, 'gpt-4o')).toMatchObject({ status: 200 })
  await expect(page.getByRole('row').filter({ hasText: OLLAMA }).last()).toContainText('gpt-4o')
})

test('a failed attempt is found by the id its client was given, with who took over and when', async ({
  page,
  running,
  fleet,
  complaints,
}) => {
  await running.api('POST', '/api/routes', CHAT)
  await fleet.order('openai-prod', { condition: 'status', status: 500 })
  const answers = await Promise.all([ask(running, 'gpt-4o'), ask(running, 'gpt-4o')])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  const { items } = await running.api<{ items: DecisionView[] }>('GET', '/api/decisions')
  const failedOver = items.find(({ attempts }) => attempts.length > 1)!

  await page.goto(`${running.url}/routing`)
  await expectHydrated(page)
  await page.getByRole('searchbox').fill(failedOver.requestId ?? '')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('figure')).toHaveAccessibleName(
    new RegExp(`^2 attempts in .*: ${OPENAI} provider error 500 after .*, then ${OLLAMA} ok 200`),
  )
  await expect(sheet.getByRole('table')).toContainText(OPENAI)
  await expect(sheet.getByText(failedOver.id)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()

  const line = page.getByRole('row').filter({ hasText: '2 attempts' })
  await line.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`decision=${failedOver.id}`))
  await page.reload()
  await expect(sheet).toContainText(failedOver.id)
  await page.goBack()
  await expect(sheet).toBeHidden()

  await page.goto(`${running.url}/routing?decision=no-such-id`)
  await expect(sheet).toContainText('No decision is kept under “no-such-id”')
  await expectRefusal(complaints, 404)
})

test('the simulator decides without effect, and says what would be if a circuit opened', async ({
  page,
  running,
}) => {
  await running.api('POST', '/api/routes', {
    ...CHAT,
    strategy: { type: 'failover', policy: { type: 'immediate' } },
  })
  // On a telephone the routes fill more than the screen.
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${running.url}/settings/routes/chat`)
  await page.getByRole('link', { name: 'Simulate' }).click()
  const form = page.getByRole('form', { name: 'Request' })
  await expect(form).toBeInViewport()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${running.url}/routing?tab=simulator`)
  await form.getByLabel('Model').fill('nobody-has-this')
  await form.getByRole('button', { name: 'Simulate' }).click()
  await expect(form.getByText(/no route takes this model/)).toBeVisible()
  await form.getByLabel('Model').fill('gpt-4o')
  await form.getByLabel('Headers').fill('x-tier gold')
  await form.getByRole('button', { name: 'Simulate' }).click()
  await expect(form.getByText(/write “name: value”/)).toBeVisible()
  await form.getByLabel('Headers').fill('x-tier: gold')
  await form.getByRole('button', { name: 'Simulate' }).click()

  const result = page.getByRole('region', { name: 'Simulated decision' })
  await expect(result).toContainText(`${OPENAI}: primary of 2`)
  await result.getByRole('button', { name: OPENAI }).click()
  await expect(result.getByRole('status')).toHaveText(
    `If ${OPENAI} opened, ${OLLAMA} would take this request instead of ${OPENAI}.`,
  )
  await expect(result.getByRole('table')).toHaveCount(2)
  await result.getByRole('button', { name: OPENAI }).click()
  await expect(result.getByRole('table')).toHaveCount(1)
  expect((await running.api<{ items: unknown[] }>('GET', '/api/decisions')).items).toEqual([])
})

test('an operator is told where the traffic goes, and types the name to take a route’s last member', async ({
  page,
  running,
  complaints,
}) => {
  await running.api('POST', '/api/routes', CHAT)
  for (let i = 0; i < 4; i += 1) await ask(running, 'gpt-4o')
  await page.goto(`${running.url}/providers/openai-prod`)
  await page.getByRole('button', { name: 'Force open…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Override/ })
  await expect(dialog.getByRole('list', { name: 'What happens to traffic' })).toHaveText(
    /^50.% of chat moves to Local Ollama\.$/,
  )
  await dialog.getByLabel(/reason/i).fill('invoice dispute')
  await dialog.getByRole('button', { name: 'Force open' }).click()
  await expect(dialog).toBeHidden()

  await page.goto(`${running.url}/providers/local-ollama`)
  await page.getByRole('button', { name: 'Force open…' }).click()
  await expect(dialog).toContainText('chat is left without an eligible member: all its requests are refused.')
  await dialog.getByLabel(/reason/i).fill('maintenance')
  await dialog.getByRole('button', { name: 'Force open' }).click()
  await dialog.getByLabel(`Type ${OLLAMA} to go on`).fill(OLLAMA)
  await expectRefusal(complaints, 409)
  await dialog.getByRole('button', { name: 'Force open' }).click()
  await expect(dialog).toBeHidden()

  await page.goto(`${running.url}/routing`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('chat has no eligible member of 2')
})

test('two people change one route: the later one sees both sides, and loses nothing', async ({
  page,
  running,
  complaints,
}) => {
  await running.api('POST', '/api/routes', CHAT)
  await page.goto(`${running.url}/settings/routes/chat`)
  await page.getByLabel('Models').fill('gpt-4o, gpt-4o-mini')
  const { version, ...stored } = await running.api<RouteConfig>('GET', '/api/routes/chat')
  const { models, members } = stored
  await running.api('PUT', '/api/routes/chat', {
    models,
    members,
    strategy: { type: 'geographic' },
    expectedVersion: version,
  })
  await page.mouse.wheel(0, 10_000)
  await page.getByRole('button', { name: 'Save' }).click()
  await expectRefusal(complaints, 409)
  await expect(
    page.getByRole('button', { name: 'Show both sides' }),
    'it is where one saved',
  ).toBeInViewport()
  await page.getByRole('button', { name: 'Show both sides' }).click()
  const { width, height } = page.viewportSize() ?? { width: 1_280, height: 720 }
  await page.setViewportSize({ width: 390, height })
  expect(await cutOff(page.getByRole('dialog')), 'the words of its buttons fit on a phone').toEqual([])
  await page.setViewportSize({ width, height })
  await page.getByRole('button', { name: 'Lay mine over theirs' }).click()
  await expect(page.getByLabel('Models')).toHaveValue('gpt-4o, gpt-4o-mini')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Route chat is changed')).toBeVisible()
  expect(await running.api<RouteConfig>('GET', '/api/routes/chat')).toMatchObject({
    version: version + 2,
    models: ['gpt-4o', 'gpt-4o-mini'],
    strategy: { type: 'geographic' },
  })

  await running.api('POST', '/api/routes', { ...CHAT, name: 'reasoning', models: ['o3'] })
  await page.getByLabel('Models').fill('o3')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('"o3" belongs to the route "reasoning"').first()).toBeVisible()
  await expectRefusal(complaints, 422)
  await page.getByRole('link', { name: 'Routing' }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toContainText(
    'Your changes of chat would be lost.',
  )
  await page.getByRole('button', { name: 'Leave and lose it' }).click()
  await expect(page).toHaveURL(/\/routing/)
})

test('a gateway key is shown once, counts at once, and ends at once', async ({
  page,
  running,
  complaints,
}) => {
  await running.api('POST', '/api/routes', CHAT)
  await page.goto(`${running.url}/settings/gateway-keys`)
  await page.getByRole('button', { name: 'Create a key…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog.getByText('write a name')).toBeVisible()
  await dialog.getByLabel('Name').fill('checkout')
  await dialog.getByRole('radio', { name: 'Only some' }).click()
  await dialog.getByRole('button', { name: 'chat' }).click()
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog).toContainText('it is not shown again')
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  const row = page.getByRole('row').filter({ hasText: 'checkout' })
  await expect(row).toContainText('chat')
  expect(await ask(running, 'gpt-4o')).toMatchObject({ status: 401 })

  await row.getByRole('button', { name: 'Delete key checkout' }).click()
  // The list cannot be read again after the change: what it shows is said to be from before.
  const busy = (route: Route) =>
    route.request().method() === 'GET' ? route.fulfill({ status: 503 }) : route.continue()
  await page.route('**/api/client-keys**', busy)
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText(/^Last good data: as of .* ago\. The server answered 503\./)).toBeVisible()
  await expect(row).toBeVisible()
  await expectRefusal(complaints, 503)
  await page.unroute('**/api/client-keys**', busy)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('No key yet: the gateway asks for none.')).toBeVisible()
  expect(await ask(running, 'gpt-4o')).toMatchObject({ status: 200 })
})

/** The buttons whose words are wider than they are. */
const cutOff = (part: Locator) =>
  part
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    )
