import type { Page } from '@playwright/test'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import type { Console } from './console.ts'
import { inDialog, press, type Screen } from './screen.ts'

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

/** Settings, and the audit. */
export const SETTINGS: readonly Screen[] = [
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

/** Dialogs of the settings. */
export const SETTINGS_DIALOGS: readonly Screen[] = [
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
