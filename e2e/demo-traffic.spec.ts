import { startLoad, type Load } from '#demo/load.ts'
import { type LoadControl, openLoadControl } from '#demo/load-control.ts'
import type { RoutingState } from '#lib/contract/decision.ts'
import { formatCount } from '#lib/view/format.ts'
import { expect, test as base } from './fixtures.ts'

/** The applications of the demo, once a test has started them. */
type Applications = { load: Load | null; control: LoadControl }

const test = base.extend<{ applications: Applications }>({
  applications: async ({}, provide) => {
    const control = await openLoadControl(() => applications.load)
    const applications: Applications = { load: null, control }
    await provide(applications)
    await applications.load?.stop()
    await control.stop()
  },
  env: async ({ applications }, provide) => provide({ SWITCHYARD_DEMO_CONTROL: applications.control.url }),
})

test('a newcomer turns the demo’s traffic up, and off', async ({ page, running, applications }) => {
  const { gatewayUrl } = await running.api<RoutingState>('GET', '/api/routing')
  const load = startLoad({
    gatewayUrl: gatewayUrl ?? '',
    requestsPerSecond: 0,
    maxInFlight: 8,
    random: () => 0.5,
  })
  applications.load = load
  await page.goto(running.url)
  const paces = page.getByRole('radiogroup', { name: 'Demo traffic' })
  await expect(page.getByText('0 requests sent')).toBeVisible()

  await paces.getByRole('radio', { name: '50/s', exact: true }).click()
  await expect.poll(() => load.pace()).toBe(50)
  await expect(page.getByText(/^[1-9][\d,]* requests sent/)).toBeVisible()

  await paces.getByRole('radio', { name: 'Off', exact: true }).click()
  await expect.poll(() => load.pace()).toBe(0)
  await expect.poll(() => load.counts().inFlight).toBe(0)
  await page.reload()
  await expect(page.getByText(`${formatCount(load.counts().sent)} requests sent`)).toBeVisible()
})
