import { inDialog, press, type Screen } from './screen.ts'

const OVERRIDE_MODES = ['Forced open', 'Forced closed', 'Shadow'] as const

/** The fleet, its providers and circuits. */
export const WATCHING: readonly Screen[] = [
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

/** Routes, decisions and the simulator. */
export const ROUTING: readonly Screen[] = [
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

/** Dialogs of the fleet, and what is laid over a page. */
export const DIALOGS: readonly Screen[] = [
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
