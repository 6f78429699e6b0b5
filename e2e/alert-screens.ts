import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import { press, type Screen } from './screen.ts'

const tryRule = async (page: Page) => {
  await page.getByLabel('Bad for').fill('0s')
  // What is recorded is tried by whole minutes.
  await expect(async () => {
    await press('Try it')(page)
    await page.getByText(/Would have fired (once|\d+ times) in /).waitFor({ timeout: 5_000 })
  }).toPass({ timeout: 90_000, intervals: [5_000] })
}

/** Incidents, silences, rules and channels, where alarms were raised; the incident is the one that fires. */
export const alertScreens = (incidentId: string): readonly Screen[] => [
  { path: '/incidents' },
  { path: '/incidents?tab=silences' },
  { path: `/incidents/${incidentId}` },
  {
    path: `/incidents/${incidentId}`,
    does: 'answers of deliveries',
    part: 'main',
    open: async (page) => {
      for (const summary of await page.getByRole('main').locator('li summary').all()) await summary.click()
    },
  },
  { path: `/incidents/${incidentId}`, does: 'silence', open: press('Silence this…') },
  { path: '/settings/alert-rules' },
  { path: '/settings/alert-rules/new' },
  { path: '/settings/alert-rules/new?preset=circuit_opened', does: 'back-test', open: tryRule },
  { path: '/settings/channels' },
  { path: '/settings/channels/chat' },
  {
    path: '/settings/channels/pager',
    does: 'a refused test, and dead letters',
    open: async (page) => {
      await press('Send a test')(page)
      await page.getByRole('status').filter({ hasText: 'Refused, 410' }).waitFor()
      await press('Preview')(page)
      await page.getByRole('region', { name: 'What would be sent' }).waitFor()
    },
  },
]
