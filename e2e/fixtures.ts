import { test as base, expect, type Page } from '@playwright/test'
import { startFleet, type Fleet } from '#demo/fleet.ts'
import { SIMULATED_PROVIDERS, type SimulatedProvider } from '#demo/providers.ts'
import { registerFleet } from '#demo/register.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import { plant } from './canaries.ts'
import { prepareConsole, type Console } from './console.ts'

const MEMBERS = ['openai-prod', 'anthropic', 'local-ollama']

type Fixtures = {
  /** What the console's environment has beside what every test's has. */
  env: Record<string, string>
  /** Three simulated providers in fine weather that the test commands. */
  fleet: Fleet
  /** A console that checks the fleet every second. */
  running: Console
  /** What the page logged as an error; a test that expects some empties it. */
  complaints: string[]
}

/** A test with a fleet it commands and a console it may stop; an unexpected console error on the page fails it. */
export const test = base.extend<Fixtures>({
  env: [{}, { option: true }],
  fleet: async ({}, provide) => {
    const fleet = await startMembers()
    await provide(fleet)
    await fleet.stop()
  },
  running: async ({ fleet, env }, provide) => {
    const running = await startOver(fleet, env)
    await provide(running)
    await end(running)
  },
  complaints: [
    async ({ page }, provide) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        // Of a lost connection the browser itself complains, also when the server ends with the test.
        if (message.type() === 'error' && !/net::ERR_|Failed to load chunk/.test(message.text()))
          complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await provide(complaints)
      expect(complaints, 'nothing complains in the browser’s console').toEqual([])
    },
    { auto: true },
  ],
})

async function startMembers(): Promise<Fleet> {
  const providers = SIMULATED_PROVIDERS.filter(({ id }) => MEMBERS.includes(id)).map(withSecrets)
  const fleet = await startFleet({ seed: 7, providers })
  for (const { id } of providers) await fleet.order(id, { condition: 'up' })
  return fleet
}

async function startOver(fleet: Fleet, env: Record<string, string>): Promise<Console> {
  const running = await prepareConsole(env)
  await running.start()
  await registerFleet(running.url, fleet.providers)
  await quicken(running)
  return running
}

/**
 * One console over a fleet in fine weather for all tests of a block that only look, each in a browser of its own: it is
 * started before the first of them, and ended after the last.
 */
export function lookedAt(): () => Console {
  let shared: { fleet: Fleet; running: Console } | null = null
  const held = () => {
    if (shared === null) throw new Error('It is there only while tests run.')
    return shared
  }
  test.beforeAll(async () => {
    const fleet = await startMembers()
    shared = { fleet, running: await startOver(fleet, {}) }
  })
  test.afterAll(async () => {
    const { fleet, running } = held()
    await end(running)
    await fleet.stop()
  })
  return () => held().running
}

/** The provider with a key and a secret header that nobody else has. */
const withSecrets = (provider: SimulatedProvider): SimulatedProvider => ({
  ...provider,
  apiKey: provider.apiKey === null ? null : plant('a provider’s key'),
  registration: {
    ...provider.registration,
    headers: { 'x-team-token': plant('a provider’s secret header') },
  },
})

/** Ends a console at once and takes it away. Whatever the test was about, nothing secret may have got out. */
export async function end(running: Console): Promise<void> {
  await running.stop('SIGKILL')
  const leaks = running.leaks()
  await running.remove()
  expect(leaks, 'nothing secret got out').toEqual([])
}

/** A pulse of a second, so that a test sees in seconds what takes minutes in operation. */
export async function quicken({ api }: Console): Promise<void> {
  const { settings, version } = await api<SettingsVersion>('GET', '/api/settings')
  await api('PUT', '/api/settings', {
    settings: {
      ...settings,
      monitor: { ...settings.monitor, interval: '1s', timeout: '1s' },
      breaker: { ...settings.breaker, failureThreshold: 3, recoveryTimeout: '5s', maxOpen: '10s' },
      alerts: { ...settings.alerts, groupWait: '5s' },
    },
    expectedVersion: version,
    reason: 'a quick pulse for the test',
  })
}

/** The provider's row on the overview. */
export const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

export { expect }

/** The page is React's: what was written on the server answers presses and keys. */
export const expectHydrated = (page: Page) =>
  expect(page.getByText(/^Live/).first(), 'the page runs its scripts').toBeVisible()
