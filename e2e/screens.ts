import { DIALOGS, ROUTING, WATCHING } from './fleet-screens.ts'
import type { Screen } from './screen.ts'
import { SETTINGS, SETTINGS_DIALOGS } from './settings-screens.ts'

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
