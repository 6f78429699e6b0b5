import type { Page } from '@playwright/test'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import type { Console } from './console.ts'

/** Something the console can show: an address, and what is done there before it is looked at. */
export type Screen = {
  path: string
  does?: string
  /** What is judged of it, where the rest has been judged with another. */
  part?: string
  open?: (page: Page, running: Console) => Promise<void>
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

/** Opens a dialog and does something in it. */
const inDialog =
  (opener: string | RegExp, then: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) =>
  async (page: Page) => {
    await press(opener)(page)
    await then(page.getByRole('dialog'))
  }

const OVERRIDE_MODES = ['Forced open', 'Forced closed', 'Shadow'] as const

/** Puts a change into the draft of the thresholds. */
const draftThreshold = (value: string) => (page: Page) =>
  page.getByLabel(/opens after failures in a row/i).fill(value)

async function saveMeanwhile({ api }: Console): Promise<void> {
  const { settings, version } = await api<SettingsVersion>('GET', '/api/settings')
  await api('PUT', '/api/settings', {
    settings: { ...settings, breaker: { ...settings.breaker, failureThreshold: version + 1 } },
    expectedVersion: version,
    reason: 'saved by somebody else',
  })
}

const WATCHING: readonly Screen[] = [
  { path: '/' },
  { path: '/providers/openai-prod?range=30d&ghost=1' },
  { path: '/providers/anthropic' },
  { path: '/providers/anthropic?tab=checks', part: '[role=\"tabpanel\"]' },
  { path: '/providers/anthropic?tab=configuration', part: '[role=\"tabpanel\"]' },
  { path: '/providers/anthropic?tab=transitions', part: '[role=\"tabpanel\"]' },
  {
    path: '/providers/anthropic?range=15m',
    does: 'charts as tables',
    open: async (page) => {
      for (const chart of ['Breaker', 'Success rate', 'Latency', 'Days'])
        await press(`Table of ${chart}`)(page)
    },
  },
  { path: '/providers/local-ollama' },
  { path: '/circuits' },
  { path: '/circuits?range=400d' },
  { path: '/compare' },
  { path: '/compare?with=openai-prod&with=anthropic' },
  { path: '/providers/nobody' },
  { path: '/nowhere' },
]

const ROUTING: readonly Screen[] = [
  { path: '/routing' },
  { path: '/routing?tab=simulator&route=chat' },
  {
    path: '/routing?tab=simulator&route=chat',
    does: 'a simulated decision',
    open: async (page) => {
      await page.getByLabel('Model').first().fill('gpt-4o')
      await press('Simulate')(page)
      await press('OpenAI production')(page)
      await page.getByRole('status').filter({ hasText: 'If OpenAI production opened' }).waitFor()
    },
  },
  { path: '/settings/routes' },
  { path: '/settings/routes', does: 'menu', open: press('Actions for chat') },
  { path: '/settings/routes/new?over=all' },
  {
    path: '/settings/routes/new?over=all',
    does: 'refused',
    open: async (page) => {
      await page.getByLabel('Name').fill('Not A Name')
      await press('Create the route')(page)
    },
  },
  {
    path: '/settings/routes/new?over=all',
    does: 'choice of a strategy',
    open: (page) => page.getByRole('combobox', { name: 'Strategy' }).click(),
  },
  { path: '/settings/routes/chat' },
  {
    path: '/settings/routes/chat',
    does: 'delete',
    open: inDialog('Delete…', (dialog) => dialog.getByRole('button', { name: 'Delete' }).click()),
  },
]

const SETTINGS: readonly Screen[] = [
  { path: '/settings' },
  { path: '/settings/providers' },
  { path: '/settings/providers/new' },
  { path: '/settings/providers/new?kind=openai' },
  {
    path: '/settings/providers/new?kind=openai-compatible',
    does: 'refused, with a header',
    open: async (page) => {
      await press('Add a header')(page)
      await page.getByLabel('Latitude').fill('91')
      await page.keyboard.press('Tab')
      await page.getByText('at most 90').waitFor()
      await press('Add and check now')(page)
      await page.getByRole('alert').filter({ hasText: 'Latitude: at most 90' }).waitFor()
    },
  },
  { path: '/settings/providers/openai-prod' },
  {
    path: '/settings/thresholds',
    does: 'preview',
    open: async (page) => {
      await draftThreshold('100')(page)
      await page.getByLabel('24 h').check()
      await page.getByRole('table', { name: /What the draft would have done/ }).waitFor()
    },
  },
  {
    path: '/settings/thresholds',
    does: 'preview as a table, and a suggestion',
    part: 'aside',
    open: async (page) => {
      await draftThreshold('100')(page)
      await page.getByLabel('24 h').check()
      await press('Table of the preview by provider')(page)
      await page.getByRole('button', { name: 'Suggest', exact: true }).click()
      await page.getByLabel('What a refused good call weighs').waitFor()
    },
  },
  { path: '/settings/thresholds', does: 'a bad draft', open: draftThreshold('900') },
  { path: '/settings/gateway-keys' },
  { path: '/settings/data' },
  { path: '/audit' },
  { path: '/audit?entry=1' },
]

const SETTINGS_DIALOGS: readonly Screen[] = [
  {
    path: '/settings/providers/openai-prod',
    does: 'delete',
    open: inDialog('Delete…', (dialog) => dialog.getByRole('button', { name: 'Delete' }).click()),
  },
  {
    path: '/settings/providers',
    does: 'disable',
    open: (page) => page.getByRole('switch').first().click(),
  },
  {
    path: '/settings/providers/openai-prod',
    does: 'leave',
    open: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('Another name')
      await page.getByRole('link', { name: 'Thresholds' }).first().click()
    },
  },
  {
    path: '/settings/thresholds',
    does: 'review, refused',
    open: async (page) => {
      await draftThreshold('7')(page)
      await inDialog(/review 1 change/i, (dialog) => dialog.getByRole('button', { name: /^save/i }).click())(
        page,
      )
    },
  },
  { path: '/settings/thresholds', does: 'revert', open: press('Revert to version 1') },
  {
    path: '/settings/thresholds',
    does: 'both sides',
    open: async (page, running) => {
      await draftThreshold('7')(page)
      await saveMeanwhile(running)
      await page.getByText(/was put in force by .* meanwhile/).waitFor()
      await press(/review 1 change/i)(page)
    },
  },
  {
    path: '/settings/gateway-keys',
    does: 'create, refused',
    open: inDialog('Create a key…', async (dialog) => {
      await dialog.getByRole('radio', { name: 'Only some' }).click()
      await dialog.getByRole('button', { name: 'Create' }).click()
    }),
  },
  {
    path: '/settings/gateway-keys',
    does: 'created',
    open: inDialog('Create a key…', async (dialog) => {
      await dialog.getByLabel('Name').fill('nightly-batch')
      await dialog.getByRole('button', { name: 'Create' }).click()
      await dialog.getByText('it is not shown again').waitFor()
    }),
  },
  { path: '/settings/gateway-keys', does: 'delete', open: press('Delete key checkout') },
]

const DIALOGS: readonly Screen[] = [
  ...OVERRIDE_MODES.map((mode) => ({
    path: '/providers/openai-prod',
    does: `override, ${mode}`,
    open: inDialog('Force open…', (dialog) => dialog.getByRole('radio', { name: mode }).click()),
  })),
  {
    path: '/providers/openai-prod',
    does: 'override until, refused',
    open: inDialog('Force open…', async (dialog) => {
      await dialog.getByRole('radio', { name: 'Until…' }).click()
      await dialog.getByRole('button', { name: 'Force open' }).click()
    }),
  },
  { path: '/providers/openai-prod', does: 'reset of a closed circuit', open: press('Reset…') },
  {
    path: '/circuits',
    does: 'reset to closed',
    open: inDialog('Reset Anthropic', (dialog) => dialog.getByRole('radio', { name: 'Closed' }).click()),
  },
  { path: '/circuits', does: 'release', open: press('Release Local Ollama') },
  { path: '/providers/openai-prod', does: 'range', open: press(/^Time range: /) },
  { path: '/', does: 'palette', open: (page) => page.keyboard.press('Control+k') },
  { path: '/', does: 'shortcuts', open: (page) => page.keyboard.press('?') },
  { path: '/providers/openai-prod', does: 'save a chart', open: press('Save Latency') },
]

/** All that a console with providers can show. */
export const SCREENS = {
  'the fleet': WATCHING,
  routing: ROUTING,
  settings: SETTINGS,
  'dialogs of the settings': SETTINGS_DIALOGS,
  'dialogs and what is laid over a page': DIALOGS,
}

/** What tells whether something is wrong. */
export const FIRST_SCREENS: readonly Screen[] = [
  { path: '/' },
  { path: '/providers/openai-prod' },
  { path: '/circuits' },
]

/** What a console shows that nobody has told of a provider. */
export const EMPTY_SCREENS: readonly Screen[] = [
  { path: '/' },
  { path: '/circuits' },
  { path: '/incidents' },
  { path: '/incidents?tab=silences' },
  { path: '/compare' },
  { path: '/routing' },
  { path: '/routing?tab=simulator' },
  { path: '/settings/providers' },
  { path: '/settings/routes' },
  { path: '/settings/thresholds' },
  { path: '/settings/gateway-keys' },
]
