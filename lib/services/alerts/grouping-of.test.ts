import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, settingsSchema } from '#lib/contract/settings.ts'
import { GROUPING_DEFAULTS } from '#lib/domain/alerts/grouping-policy.ts'
import { groupingOf } from './grouping-of.ts'
import { stageWatch, watchedStorage } from './stage-watch.fixture.ts'

describe('how notices are grouped', () => {
  it('is by default what the domain says', () => {
    expect(groupingOf(DEFAULT_SETTINGS)).toEqual(GROUPING_DEFAULTS)
  })

  it('is what the settings say, and a fleet that is checked seldom fails more slowly', () => {
    const alerts = { groupWait: '0s', groupInterval: '1m', repeat: '24h' }
    const monitor = { ...DEFAULT_SETTINGS.monitor, interval: '5m' }
    expect(groupingOf({ alerts, monitor })).toMatchObject({
      groupWaitMs: 0,
      groupIntervalMs: 60_000,
      repeatMs: 86_400_000,
      fleetWithinMs: 300_000,
    })
  })

  it('is the default where settings were stored before there were alerts', () => {
    const { alerts, ...older } = DEFAULT_SETTINGS
    expect(settingsSchema.parse(older)).toEqual({ ...older, alerts })
  })

  it('is in force with the next look', async () => {
    const watch = stageWatch(watchedStorage(['acme']))
    await watch.seconds(140, { acme: 'provider_error' })
    expect(watch.told()).toEqual([])
    watch.settle({ alerts: { groupWait: '5s', groupInterval: '5m', repeat: '10m' } })
    await watch.seconds(1, { acme: 'provider_error' })
    expect(watch.told()).toEqual(['ops triggered', 'pager triggered'])
    watch.drift(600_000)
    await watch.seconds(1, { acme: 'provider_error' })
    expect(watch.told().slice(2)).toEqual(['ops repeated', 'pager repeated'])
  })
})
