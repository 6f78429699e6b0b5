import { describe, expect, it } from 'vitest'
import { channel } from '#lib/adapters/storage/test-alerting-records.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { authorNamed } from '#lib/domain/access/author.ts'
import { saveSettings } from '../save-settings.ts'
import { stageWatch, watchedStorage } from './stage-watch.fixture.ts'

describe('a change of settings', () => {
  it('is told to PagerDuty, once and with who and why, and to no other channel', async () => {
    const channels = [
      channel('ops'),
      channel('duty', { kind: 'pagerduty' }),
      channel('off', { kind: 'pagerduty', enabled: false }),
    ]
    const watch = stageWatch(watchedStorage([], { channels }))
    const { version: expectedVersion } = watch.fleet.settings
    const settings = { ...DEFAULT_SETTINGS, breaker: { ...DEFAULT_SETTINGS.breaker, failureThreshold: 9 } }
    const change = { settings, expectedVersion, reason: 'calmer nights' }
    await saveSettings(watch.engine, change, authorNamed('ada'))
    await watch.settled()
    expect(watch.told()).toEqual(['duty settings_changed'])
    expect(watch.sent[0]?.notification).toMatchObject({
      id: `settings-${expectedVersion + 1}`,
      incident: null,
      title: `Settings of Switchyard, version ${expectedVersion + 1}: calmer nights`,
      text: 'ada changed the settings of Switchyard.',
    })
    const page = { cursor: null, limit: 10, channelId: null }
    const { items } = await watch.engine.reader.deliveries({ ...page, state: 'delivered' })
    expect(items).toMatchObject([{ channelId: 'duty', incidentId: null }])
    expect((await watch.engine.reader.deliveries({ ...page, state: 'dead' })).items).toEqual([])
  })
})
