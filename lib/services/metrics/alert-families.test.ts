import { describe, expect, it } from 'vitest'
import { channel, silence } from '#lib/adapters/storage/test-alerting-records.ts'
import { DELIVERED, stageWatch, watchedStorage } from '../alerts/stage-watch.fixture.ts'
import { T0 } from '../stage-fleet.fixture.ts'
import { ALERT_FAMILIES } from './alert-families.ts'
import type { Sample } from './family.ts'

type Staged = ReturnType<typeof stageWatch>

/** `name a,b` with its value, without zeros. */
const told = ({ engine }: Staged) =>
  ALERT_FAMILIES.flatMap((family) =>
    [...(family.read(engine) as Iterable<Sample>)]
      .filter(({ value }) => value !== 0)
      .map(
        ({ labels, value }) =>
          `${family.name.replace('switchyard_', '')} ${Object.values(labels).join(',')}=${value}`,
      ),
  )

describe('what a monitoring system hears of alerts', () => {
  it('is nothing but zeros while nothing is wrong', () => {
    const watch = stageWatch(watchedStorage(['acme']))
    expect(told(watch)).toEqual([])
    const silences = ALERT_FAMILIES.find(({ name }) => name === 'switchyard_silences_active')
    expect(silences?.read(watch.engine)).toEqual([{ labels: {}, value: 0 }])
  })

  it('follows an alarm from its pending to what its channels answered', async () => {
    const watch = stageWatch(watchedStorage(['acme']), {
      deliver: ({ id }) =>
        Promise.resolve(
          id === 'ops'
            ? DELIVERED
            : { ...DELIVERED, outcome: 'retry', status: 503, detail: 'It answered 503.' },
        ),
    })
    await watch.seconds(100, { acme: 'provider_error' })
    expect(told(watch)).toEqual(['alerts_active pending=1'])
    await watch.seconds(60, { acme: 'provider_error' })
    expect(told(watch)).toEqual([
      'incidents_active critical=1',
      'alerts_active firing=1',
      'notifications_total ops,delivered=1',
      'notifications_total pager,retry=1',
      'outbox_waiting_rows pager=1',
    ])
    watch.engine.alerting.outbox.stop()
  })

  it('counts a silence only while it holds', () => {
    const silences = [
      silence('now', { from: T0 - 1, until: T0 + 1 }),
      silence('later', { from: T0 + 60_000 }),
      silence('over', { from: T0 - 60_000, until: T0 }),
    ]
    const watch = stageWatch(watchedStorage([], { silences, channels: [channel('ops')] }))
    expect(told(watch)).toEqual(['silences_active =1'])
  })
})
