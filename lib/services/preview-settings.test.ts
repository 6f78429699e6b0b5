import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { previewSettings } from './preview-settings.ts'
import { stageFleet } from './stage-fleet.fixture.ts'

const SOON = { timeout: 20_000, interval: 1 }

it('a preview knows what has just happened, and is the same for thresholds as they are', async () => {
  const stage = stageFleet()
  stage.add('acme')
  stage.add('beta')
  const refused = { class: 'provider_error', kind: 'refused', httpStatus: null, latencyMs: 0 } as const
  for (let i = 0; i < 6; i += 1) {
    stage.pass(1_000)
    stage.see({ providerId: 'acme', ...refused }, { providerId: 'beta' })
  }
  const now = stage.engine.clock.now()
  const range = { from: new Date(now - 60_000).toISOString(), to: new Date(now + 60_000).toISOString() }
  const told: string[] = []
  const preview = () =>
    previewSettings(
      stage.engine,
      { settings: DEFAULT_SETTINGS, ...range },
      {
        signal: new AbortController().signal,
        onProvider: ({ providerId }) => told.push(providerId),
        onProgress: (done, total) => told.push(`${done}/${total}`),
      },
    )
  // Nobody else hands on what was recorded here.
  await expect.poll(async () => (await preview()).total.exactness.outcomes, SOON).toBe(12)
  told.length = 0
  const { providers, total } = await preview()
  expect(told).toEqual(['100/200', 'acme', '200/200', 'beta'])
  expect(providers[0]).toMatchObject({ inForce: { figures: { openings: 1, failuresAvoided: 1 } } })
  for (const { draft, inForce } of providers) expect(draft).toEqual(inForce)
  expect(total.inForce).toMatchObject({ openings: 1, goodCallsPassed: 6, outagesDetected: 1 })
})
