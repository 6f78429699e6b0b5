import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { registerFleet } from '#demo/register.ts'
import { expectNoBarrier } from './axe-audit.ts'
import { type Console, prepareConsole } from './console.ts'
import { end, expect, expectHydrated, quicken, test as base } from './fixtures.ts'

const NAME = 'OpenAI production'
const RULE = {
  name: 'Provider down',
  condition: { type: 'provider_unhealthy' },
  severity: 'critical',
  for: '0s',
  keepFiring: '0s',
  runbookUrl: 'https://runbooks.example/provider-down',
}

/** A receiver of webhooks: what came in, and with what it answers. */
type Receiver = { url: string; notices: () => string[]; answer: (status: number, text: string) => void }

const test = base.extend<{ receiver: Receiver; running: Console }>({
  receiver: async ({}, provide) => {
    const notices: string[] = []
    let answer = { status: 200, text: 'noted' }
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        notices.push((JSON.parse(body) as { type: string }).type)
        response.writeHead(answer.status).end(answer.text)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await provide({
      url: `http://127.0.0.1:${port}/hook`,
      notices: () => [...notices],
      answer: (status, text) => (answer = { status, text }),
    })
    server.closeAllConnections()
    server.close()
  },
  running: async ({ fleet }, provide) => {
    const running = await prepareConsole({ SWITCHYARD_PRIVATE_WEBHOOKS: 'on' })
    await running.start()
    await registerFleet(running.url, fleet.providers)
    await quicken(running)
    await withoutRules(running)
    await provide(running)
    await end(running)
  },
})

/** Takes away the rules of a new installation: these journeys begin with none. */
async function withoutRules({ api }: Console): Promise<void> {
  const { items } = await api<{ items: { id: string }[] }>('GET', '/api/alerts/rules')
  for (const { id } of items) await api('DELETE', `/api/alerts/rules/${id}`)
}

const addRule = ({ api }: Console) => api('POST', '/api/alerts/rules', RULE)

const addChannel = ({ api }: Console, { url }: Receiver) =>
  api('POST', '/api/alerts/channels', {
    kind: 'webhook',
    name: 'On-call hook',
    settings: { form: 'json' },
    secrets: { url: { secret: url } },
  })

type Recording = { notified: string[] }

/** Has the browser keep what it would notify of, and ask nobody. */
const recordNotifications = (page: Page) =>
  page.addInitScript(() => {
    const notified: string[] = []
    class Recorder extends EventTarget {
      static permission = 'granted'
      static requestPermission = () => Promise.resolve('granted')
      constructor(title: string) {
        super()
        notified.push(title)
      }
    }
    Object.assign(globalThis, { Notification: Recorder, notified })
  })

const notifications = (page: Page) => page.evaluate(() => [...(globalThis as unknown as Recording).notified])

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const timeline = (page: Page) => page.getByRole('list', { name: /^What happened/ })
const silences = (page: Page) => page.getByRole('table', { name: 'Silences' })
const atDesk = (page: Page) => page.setViewportSize({ width: 1440, height: 900 })

test('an incident is seen, told of, acknowledged, noted and over, without a reload', async ({
  page,
  fleet,
  running,
  receiver,
}) => {
  test.setTimeout(180_000)
  receiver.answer(400, 'no such chat')
  await addChannel(running, receiver)
  await addRule(running)
  await recordNotifications(page)
  await page.goto(`${running.url}/incidents`)
  await expect(heading(page)).toHaveText('No incident is open')
  const notification = page.getByRole('button', { name: 'Notification' })
  await notification.click()
  await expect(notification).toHaveAttribute('aria-pressed', 'true')

  // It gathers for a while what else may belong to it, and then fires.
  await fleet.order('openai-prod', { condition: 'down' })
  await expect(heading(page)).toContainText('1 incident is beginning', { timeout: 60_000 })
  await expect(heading(page)).toContainText('1 incident is firing', { timeout: 60_000 })
  await expect(page).toHaveTitle(/^\(1 firing\) Incidents/)
  await expect.poll(() => notifications(page)).toEqual([expect.stringContaining(NAME)])
  await expect(page.getByRole('link', { name: 'Incidents 1 firing' })).toBeVisible()
  const row = page.getByRole('table', { name: 'Open incidents' }).getByRole('row').nth(1)
  await expect(row).toContainText('Critical')
  await expect(row).toContainText(NAME)
  await expectNoBarrier(page, undefined)
  await atDesk(page)

  await row.getByRole('link').click()
  await expect(page).toHaveURL(/\/incidents\/.+/)
  await expect(page.getByRole('link', { name: /runbooks\.example/ })).toHaveAttribute('href', RULE.runbookUrl)
  await expect(page.getByRole('heading', { name: `${NAME} in this time` })).toBeVisible()

  // The alarm is refused for good.
  const dead = timeline(page).getByRole('listitem').filter({ hasText: 'Alarm to On-call hook, given up' })
  await expect(dead).toBeVisible({ timeout: 60_000 })
  await dead.locator('summary').click()
  await expect(dead).toContainText('Answered with 400')
  await expect(dead).toContainText('no such chat')
  await expectNoBarrier(page, undefined)
  await atDesk(page)
  receiver.answer(200, 'noted')
  await dead.getByRole('button', { name: 'Send again to On-call hook' }).click()
  await expect(timeline(page)).toContainText(/Alarm to On-call hook, delivered/)

  await page.getByRole('button', { name: 'Acknowledge…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Acknowledge the incident' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByLabel('Note').fill('looking into it')
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(dialog).toBeHidden()
  await expect(timeline(page)).toContainText('looking into it')
  await expect(page.getByRole('button', { name: 'Acknowledge…' })).toBeHidden()

  await page.getByLabel('Note').fill('the key had run out')
  await page.getByRole('button', { name: 'Write a note' }).click()
  await expect(timeline(page)).toContainText('the key had run out')
  await expect(page.getByLabel('Note')).toHaveValue('')

  await fleet.order('openai-prod', { condition: 'up' })
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('Resolved', {
    timeout: 60_000,
  })
  await expect(timeline(page)).toContainText('Recovery to On-call hook, delivered')
  await expect(page).toHaveTitle(/^Incident/)
  expect(receiver.notices()).toEqual(
    expect.arrayContaining(['incident.triggered', 'incident.acknowledged', 'incident.resolved']),
  )
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download post-mortem' }).click()
  expect((await file).suggestedFilename()).toMatch(/^incident-.*\.md$/)

  await page.goto(`${running.url}/incidents?state=resolved&provider=openai-prod`)
  const over = page.getByRole('table', { name: 'Incidents that are over' })
  await expect(over.getByRole('row').nth(1)).toContainText(NAME)
  await page.goto(`${running.url}/incidents?provider=anthropic`)
  await expect(page.getByText('No incident that is over matches provider')).toBeVisible()
})

test('what is silenced is seen but counts no more; a window that comes again is said in words', async ({
  page,
  fleet,
  running,
  complaints,
}) => {
  test.setTimeout(150_000)
  await addRule(running)
  await fleet.order('openai-prod', { condition: 'down' })
  await page.goto(`${running.url}/incidents`)
  await expect(heading(page)).toContainText('1 incident is beginning', { timeout: 60_000 })
  await page.getByRole('table', { name: 'Open incidents' }).getByRole('link').click()
  await page.getByRole('button', { name: 'Silence this…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Value')).toHaveValue('openai-prod')
  await expect(dialog.getByRole('status')).toContainText('Matches now: 1 alert')
  await expect(dialog.getByRole('status')).toContainText('Provider down: OpenAI production')
  await dialog.getByRole('button', { name: 'Silence', exact: true }).click()
  await expect(dialog.getByText(/at least 3 characters/)).toBeVisible()
  await expectNoBarrier(page, undefined)
  await atDesk(page)
  await dialog.getByLabel('Reason').fill('new key on its way')
  await dialog.getByRole('button', { name: 'Silence', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(heading(page).locator('..')).toContainText('muted')

  await page.goto(`${running.url}/incidents?tab=silences`)
  await expect(heading(page)).toContainText('1 incident is firing, but muted')
  await expect(silences(page)).toContainText('provider is openai-prod')
  await expect(silences(page)).toContainText('new key on its way')

  await page.getByRole('button', { name: 'New silence…' }).click()
  await dialog.getByRole('combobox').first().click()
  await page.getByRole('option', { name: 'Tag' }).click()
  await dialog.getByLabel('Value').fill('nobody')
  await expect(dialog.getByRole('status')).toContainText('Matches now: no alert')
  await dialog.getByRole('radio', { name: 'Again and again' }).click()
  await dialog.getByLabel('Begins').fill('61 2 * * 0')
  await dialog.getByLabel('Time zone').fill('Australia/Lord_Howe')
  await dialog.getByLabel('Reason').fill('weekly upgrade')
  await dialog.getByRole('button', { name: 'Silence', exact: true }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByLabel('Begins').fill('30 2 * * 0')
  await expect(dialog).toContainText(/Every Sunday at 02:30 for 2.h, in Australia\/Lord_Howe/)
  await expectNoBarrier(page, undefined)
  await atDesk(page)
  await dialog.getByRole('button', { name: 'Silence', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(silences(page)).toContainText('weekly upgrade')
  await expectNoBarrier(page, undefined)
  await atDesk(page)

  await page.getByRole('button', { name: 'End the silence where provider is openai-prod' }).click()
  await dialog.getByRole('button', { name: 'End the silence' }).click()
  await expect(dialog).toBeHidden()
  await expect(silences(page)).not.toContainText('new key on its way')
  await expect(heading(page)).toContainText(/1 incident is (beginning|firing)/)
  // Of the expression that was refused.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/422/.test(text)))
})

test('where nothing looks for trouble it says what to do, and keeps how it may be heard', async ({
  page,
  running,
  complaints,
}) => {
  await page.goto(`${running.url}/incidents`)
  await expect(page.getByRole('link', { name: 'Add an alert rule' })).toHaveAttribute(
    'href',
    '/settings/alert-rules',
  )
  await expectNoBarrier(page, undefined)
  await atDesk(page)
  const sound = page.getByRole('button', { name: 'Sound' })
  await expect(sound).toHaveAttribute('aria-pressed', 'false')
  await sound.click()
  await page.reload()
  await expect(sound).toHaveAttribute('aria-pressed', 'true')
  await addRule(running)
  await page.reload()
  await expect(page.getByText('Incidents are told to nobody')).toBeVisible()
  await expectHydrated(page)
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page).toHaveURL(`${running.url}/`)
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expect(page).toHaveURL(`${running.url}/incidents`)

  const missing = await page.goto(`${running.url}/incidents/nothing`)
  expect(missing?.status()).toBe(404)
  await expect(heading(page)).toHaveText('There is no such incident')
  // Of pages that are not there.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/404/.test(text)))
})

test('a wallboard with sound says so as long as the browser keeps it silent', async ({ page, running }) => {
  await page.addInitScript(() => {
    // Whether a browser without a screen keeps a page silent is its own affair: here it does, until a press.
    let isLet = false
    addEventListener('pointerdown', () => (isLet = true), true)
    class Speaker extends AudioContext {
      constructor() {
        super()
        Object.defineProperty(this, 'state', { get: () => (isLet ? 'running' : 'suspended') })
      }
      override resume() {
        if (isLet) this.dispatchEvent(new Event('statechange'))
        return super.resume()
      }
    }
    Object.assign(globalThis, { AudioContext: Speaker })
    localStorage.setItem('switchyard.alarm-sound', 'on')
  })
  await page.goto(running.url)
  const word = page.getByText('Sound is on, but this browser waits for a click.')
  await expect(word).toBeVisible()
  await expectNoBarrier(page, undefined)
  await atDesk(page)
  await page.getByRole('button', { name: 'Let it be heard' }).click()
  await expect(word).toBeHidden()
})
