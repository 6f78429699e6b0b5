import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from '#lib/contract/settings.ts'
import { withThresholds } from '#lib/contract/tried-thresholds.ts'
import { previewSettings } from './preview-settings.ts'
import { stageFleet } from './stage-fleet.fixture.ts'
import { suggestSettings } from './suggest-settings.ts'

const SOON = { timeout: 20_000, interval: 1 }
const WATCH = { signal: new AbortController().signal }

/** Two providers with the same past: four failures in a row, then good calls, again and again. */
async function stageSuggest(providers: Settings['providers']) {
  const stage = stageFleet()
  stage.add('acme')
  stage.add('beta')
  const refused = { class: 'provider_error', kind: 'refused', httpStatus: null, latencyMs: 0 } as const
  for (let i = 0; i < 40; i += 1) {
    stage.pass(1_000)
    const how = i % 10 < 4 ? refused : {}
    stage.see({ providerId: 'acme', ...how }, { providerId: 'beta', ...how })
  }
  const now = stage.engine.clock.now()
  const range = { from: new Date(now - 60_000).toISOString(), to: new Date(now + 1_000).toISOString() }
  const settings: Settings = { ...DEFAULT_SETTINGS, providers }
  const suggest = (providerId?: string) =>
    suggestSettings(stage.engine, { settings, ...range, ...(providerId && { providerId }) }, WATCH)
  const preview = async (draft: Settings, providerId?: string) => {
    const asked = { settings: draft, ...range, ...(providerId && { providerId }) }
    return (await previewSettings(stage.engine, asked, WATCH)).total.draft
  }
  // Nobody else hands on what was recorded here.
  await expect.poll(async () => (await suggest()).exactness.outcomes, SOON).toBe(80)
  return { settings, suggest, preview }
}

it('promises the figures that the settings have once a combination is put into them', async () => {
  const { settings, suggest, preview } = await stageSuggest({
    beta: { breaker: { failureThreshold: 50, failureRate: 1, recoveryTimeout: '5s' } },
  })
  const { tried } = await suggest()
  const eager = tried.filter(({ thresholds, isStart }) => isStart || thresholds.failureThreshold === 2)
  expect(eager.length).toBeGreaterThan(20)
  for (const { thresholds, figures } of eager)
    expect(figures).toEqual(await preview(withThresholds(settings, thresholds)))
  expect(tried.find(({ isStart }) => isStart)!.figures).toEqual(await preview(settings))
})

it('tries thresholds of one provider as its own, from its own', async () => {
  const { settings, suggest, preview } = await stageSuggest({
    beta: { breaker: { failureThreshold: 50, failureRate: 1 } },
  })
  const { tried } = await suggest('beta')
  const start = tried.find(({ isStart }) => isStart)!
  expect(start.thresholds).toMatchObject({ failureThreshold: 50, recoveryTimeout: '60s' })
  expect(start.figures).toEqual(await preview(settings, 'beta'))
  const eager = tried.find(({ thresholds }) => thresholds.failureThreshold === 2)!
  expect(eager.figures.openings).toBeGreaterThan(start.figures.openings)
  expect(eager.figures).toEqual(await preview(withThresholds(settings, eager.thresholds, 'beta'), 'beta'))
})

it('tries nothing that could not be saved beside what a provider sets for itself', async () => {
  const { settings, suggest } = await stageSuggest({ beta: { breaker: { maxOpen: '60s' } } })
  const { tried } = await suggest()
  expect(new Set(tried.map(({ thresholds }) => thresholds.recoveryTimeout))).toEqual(
    new Set(['15s', '30s', '60s']),
  )
  for (const { thresholds } of tried)
    expect(settingsSchema.safeParse(withThresholds(settings, thresholds)).success).toBe(true)
})
