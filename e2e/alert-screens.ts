import type { Page } from '@playwright/test'
import { press, type Screen } from './screen.ts'

const tryRule = async (page: Page) => {
  await press('Try it')(page)
  await page.getByText(/Would have fired \d+ times in 7 days/).waitFor()
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
  // Of who never had traffic, it says so for as long as anything is recorded.
  { path: '/settings/alert-rules/new?preset=no_traffic', does: 'back-test', open: tryRule },
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
