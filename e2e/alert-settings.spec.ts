import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { expectNoBarrier } from './axe-audit.ts'
import { alsoPlanted, plant } from './canaries.ts'
import { type Console, prepareConsole } from './console.ts'
import { end } from './fixtures.ts'
import { becomeAda, expect, signIn, test as base } from './sign-in.fixture.ts'

const VERA = { name: 'Vera', email: 'vera@example.com', password: plant('a viewer’s password') }

/** A server on this machine that takes webhooks. */
type Receiver = {
  url: string
  /** What came, oldest first. */
  got: { headers: IncomingMessage['headers']; body: string }[]
  /** What it answers from now on. */
  answer: { status: number; body: string }
}

type Fixtures = {
  receiver: Receiver
  /** A console whose webhooks may go to this machine, with Ada as its administrator and one provider. */
  open: Console
}

const test = base.extend<Fixtures>({
  receiver: async ({}, provide) => {
    const receiver: Receiver = { url: '', got: [], answer: { status: 200, body: 'thank you' } }
    const server: Server = createServer((request, response) => {
      void text(request).then((body) => {
        receiver.got.push({ headers: request.headers, body })
        response.writeHead(receiver.answer.status).end(receiver.answer.body)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    receiver.url = `http://127.0.0.1:${port}/${plant('a webhook’s address')}`
    await provide(receiver)
    server.close()
  },
  open: async ({ page, complaints }, provide) => {
    const open = await prepareConsole({ SWITCHYARD_AUTH: 'on', SWITCHYARD_PRIVATE_WEBHOOKS: 'on' })
    await open.start()
    await becomeAda(page, open)
    const provider = { id: 'acme', name: 'Acme', kind: 'http', baseUrl: 'http://127.0.0.1:1/health' }
    await page.request.post(`${open.url}/api/providers`, { data: provider })
    await provide(open)
    await end(open)
    const rest = complaints.filter((line) => !/status of (401|403|409|422)/.test(line))
    complaints.splice(0, complaints.length, ...rest)
  },
})

/** Back at a desk's width, where what was said in passing has gone. */
async function atDesk(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('a channel is made and tried, a rule is made for it, and both are found again', async ({
  page,
  open,
  receiver,
}) => {
  test.setTimeout(60_000)
  await page.goto(`${open.url}/settings/channels`)
  await page.getByRole('link', { name: /^Webhook/ }).click()
  await page.getByRole('button', { name: 'Create the channel' }).click()
  await expect(page.getByRole('alert').first()).toContainText('2 fields need another value')
  await expectNoBarrier(page, undefined)
  await page.getByLabel('Name').fill('Duty phone')
  await page.getByLabel('Value: Address').fill(receiver.url)
  await page.getByRole('button', { name: 'Create the channel' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Duty phone' })).toBeVisible()
  await expect(page.getByText(/^Keep ••••/)).toBeVisible()

  await page.getByRole('button', { name: 'Send a test' }).click()
  const outcome = page.getByRole('status').filter({ hasText: 'Delivered, 200' })
  await expect(outcome.getByRole('region', { name: 'Answer' })).toHaveText('thank you')
  expect(receiver.got).toHaveLength(1)
  expect(JSON.parse(receiver.got[0]?.body ?? '')).toMatchObject({ type: 'channel.test' })
  receiver.answer = { status: 404, body: 'nobody is here' }
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Refused, 404' })).toContainText('nobody is here')
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'What would be sent' })).toContainText('channel.test')
  await atDesk(page)
  await expectNoBarrier(page, undefined)

  await page.goto(`${open.url}/settings/alert-rules`)
  await page.getByRole('link', { name: 'New rule' }).click()
  // One of the list is called like the preset.
  await expect(page).toHaveURL(/\/new$/)
  await expect(page.getByRole('heading', { name: 'What shall it look for?' })).toBeVisible()
  await page.getByRole('link', { name: /^Success rate/ }).click()
  await page.getByLabel('Name').fill('Acme fails')
  await page.getByLabel('Success rate below').fill('120')
  await page.getByRole('radio', { name: 'Some providers' }).click()
  await page.getByRole('button', { name: 'Create the rule' }).click()
  await expect(page.getByRole('alert').first()).toContainText('2 fields need another value')
  await expectNoBarrier(page, undefined)
  await page.getByLabel('Success rate below').fill('90')
  await page.getByRole('button', { name: 'Acme', exact: true }).click()
  await page.getByRole('radio', { name: 'Only some' }).click()
  await page.getByRole('button', { name: 'Duty phone', exact: true }).click()
  await page.getByRole('button', { name: 'Create the rule' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Acme fails' })).toBeVisible()

  await atDesk(page)
  await page.goto(`${open.url}/settings/alert-rules`)
  const row = page.getByRole('row').filter({ hasText: 'Acme fails' })
  await expect(row).toContainText(/less than 90.% of calls succeed within 5m/)
  await expect(row.getByRole('cell', { name: 'Acme', exact: true })).toBeVisible()
  await expect(row.getByRole('cell', { name: 'Duty phone' })).toBeVisible()
  await expectNoBarrier(page, undefined)
  await atDesk(page)
  await page.goto(`${open.url}/settings/channels`)
  await expect(page.getByRole('row').filter({ hasText: 'Duty phone' })).toContainText('nothing sent yet')
  await expectNoBarrier(page, undefined)
})

test('what others changed meanwhile is shown beside one’s own, and laid together', async ({ page, open }) => {
  const data = { name: 'Down', condition: { type: 'provider_unhealthy' } }
  const made = await page.request.post(`${open.url}/api/alerts/rules`, { data })
  const { rule } = (await made.json()) as { rule: { id: string } }
  await page.goto(`${open.url}/settings/alert-rules/${rule.id}`)
  await page.getByLabel('Bad for').fill('5m')
  await page.request.put(`${open.url}/api/alerts/rules/${rule.id}`, {
    data: { ...data, name: 'Down for good', expectedVersion: 1 },
  })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Show both sides' }).click()
  const dialog = page.getByRole('dialog', { name: 'Changed on both sides' })
  await expect(dialog).toContainText('changed by others')
  await dialog.getByRole('button', { name: 'Lay mine over theirs' }).click()
  await expect(page.getByLabel('Name')).toHaveValue('Down for good')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('In force', { exact: true })).toBeVisible()
  const kept = await page.request.get(`${open.url}/api/alerts/rules/${rule.id}`)
  expect(await kept.json()).toMatchObject({ name: 'Down for good', for: '5m', version: 3 })

  await page.getByLabel('Bad for').fill('9m')
  await page.getByRole('link', { name: 'Channels' }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toContainText(
    'Your changes of Down for good',
  )
})

test('a kept secret is not sent to another server: the form says so, and the server holds to it', async ({
  page,
  open,
}) => {
  const channel = {
    kind: 'alertmanager',
    id: 'am',
    name: 'Routing',
    settings: { baseUrl: 'http://127.0.0.1:1' },
    secrets: { credential: { secret: plant('a channel’s credential') } },
  }
  await page.request.post(`${open.url}/api/alerts/channels`, { data: channel })
  await page.goto(`${open.url}/settings/channels/am`)
  await page.getByLabel('Address', { exact: true }).fill('http://127.0.0.1:2')
  await expect(page.getByText('It goes to another address than before')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('group', { name: 'Credential' })).toContainText('give it again, or remove it')
  await expectNoBarrier(page, undefined)
  await page.getByRole('radio', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('In force', { exact: true })).toBeVisible()
})

test('a test of PagerDuty leaves no alarm open, and shows what was answered to both', async ({
  page,
  open,
  receiver,
}) => {
  const channel = {
    kind: 'pagerduty',
    id: 'duty',
    name: 'On duty',
    settings: { baseUrl: new URL(receiver.url).origin },
    secrets: { routingKey: { secret: alsoPlanted(plant('of a key').slice(0, 32), 'a routing key') } },
  }
  await page.request.post(`${open.url}/api/alerts/channels`, { data: channel })
  receiver.answer = { status: 202, body: 'Event processed' }
  await page.goto(`${open.url}/settings/channels/duty`)
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Delivered, 202/ })).toBeVisible()
  const ending = page.getByRole('status').filter({ hasText: 'The test’s alarm is over: delivered, 202' })
  await expect(ending.getByRole('region', { name: 'Answer to its end' })).toHaveText('Event processed')
  const events = receiver.got.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
  expect(events.map((event) => event['event_action'])).toEqual(['trigger', 'resolve'])
  expect(events[1]?.['dedup_key']).toBe(events[0]?.['dedup_key'])
  await expectNoBarrier(page, undefined)
})

test('a viewer sees rules and channels, and changes neither', async ({ page, open, stranger }) => {
  const data = { name: 'Down', condition: { type: 'provider_unhealthy' } }
  const made = await page.request.post(`${open.url}/api/alerts/rules`, { data })
  const { rule } = (await made.json()) as { rule: { id: string } }
  await page.request.post(`${open.url}/api/users`, { data: { ...VERA, role: 'viewer' } })
  await page.request.post(`${open.url}/api/alerts/channels`, {
    data: {
      kind: 'slack',
      id: 'chat',
      name: 'Chat',
      settings: {},
      secrets: { url: { reference: 'env:CHAT_HOOK' } },
    },
  })
  await signIn(stranger, open, VERA)
  await expect(stranger).toHaveURL(`${open.url}/`)
  await stranger.goto(`${open.url}/settings/alert-rules`)
  await expect(stranger.getByRole('link', { name: 'New rule' })).toHaveAttribute('aria-disabled', 'true')
  await stranger.goto(`${open.url}/settings/alert-rules/${rule.id}`)
  await expect(stranger.getByLabel('Name')).toHaveValue('Down')
  await expect(stranger.getByLabel('Name')).not.toBeEditable()
  await expect(stranger.getByRole('button', { name: 'Delete…' })).toBeDisabled()
  await stranger.getByRole('button', { name: 'Try it' }).click()
  await expect(stranger.getByRole('region', { name: 'Back-test' })).toContainText('is not recorded')
  await expectNoBarrier(stranger, undefined)
  await stranger.goto(`${open.url}/settings/channels/chat`)
  await expect(stranger.getByRole('button', { name: 'Send a test' })).toBeDisabled()
  await expect(stranger.getByLabel('Reference: Address')).toHaveValue('env:CHAT_HOOK')
  await expect(stranger.getByLabel('Reference: Address')).not.toBeEditable()
})
