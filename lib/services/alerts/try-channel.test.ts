import { describe, expect, it } from 'vitest'
import { json, type LocalServer, serve } from '#lib/adapters/http/testing/local-server.ts'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { notifier, opened } from '#lib/adapters/notify/channels.fixture.ts'
import { channel } from '#lib/adapters/storage/test-alerting-records.ts'
import { authorNamed } from '#lib/domain/access/author.ts'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import { stageFleet } from '../stage-fleet.fixture.ts'
import { stageAlerting } from './stage-alerting.fixture.ts'
import { testChannel } from './try-channel.ts'

const AUTHOR = authorNamed('ada')

/** A channel of the kind that leads to the server. */
function stage(kind: ChannelKind, server: LocalServer) {
  const storage = memoryStorage()
  const { engine } = stageFleet(storage)
  const notify = notifier()
  const secrets: Record<string, string> = kind === 'pagerduty' ? { routingKey: 'R0planted0routing0key' } : {}
  const alerting = stageAlerting(
    {
      restored: { ...storage.restored.alerting, channels: [channel('ops', { kind })] },
      journal: storage.journal,
      clock: engine.clock,
    },
    {
      deliver: (_stored, notification) =>
        notify.send(opened(kind, secrets, { baseUrl: server.url }), notification),
    },
  )
  return { engine: { ...engine, alerting }, storage }
}

const bodies = ({ requests }: LocalServer) =>
  requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>)

describe('a test of a channel', () => {
  it('leaves no alarm open at PagerDuty: its end follows under the same key, and both answers are told', async () => {
    let status = 201
    const server = await serve((response) => json({ status: 'success' }, (status += 1))(response))
    const { engine, storage } = stage('pagerduty', server)
    expect(await testChannel(engine, 'ops', AUTHOR)).toMatchObject({
      outcome: 'delivered',
      status: 202,
      ending: { outcome: 'delivered', status: 203 },
    })
    const [trigger, resolve, ...rest] = bodies(server)
    expect(trigger).toMatchObject({
      event_action: 'trigger',
      dedup_key: expect.stringMatching(/^test-/) as string,
    })
    expect(resolve).toMatchObject({ event_action: 'resolve', dedup_key: trigger?.['dedup_key'] })
    expect(rest).toEqual([])
    await storage.journal.close(5_000)
    const { items } = await storage.reader.audit({ from: 0, to: 9e15, cursor: null, limit: 9 })
    expect(items).toMatchObject([
      {
        action: 'channel.test',
        summary: expect.stringMatching(/took it\. Its end: .* took it\.$/) as string,
      },
    ])
  })

  it('is ended also where nobody knows whether it was taken, and tells that this failed as well', async () => {
    const server = await serve(json({ status: 'throttled' }, 503))
    const { engine } = stage('pagerduty', server)
    expect(await testChannel(engine, 'ops', AUTHOR)).toMatchObject({
      outcome: 'retry',
      ending: { outcome: 'retry', status: 503 },
    })
  })

  it('has no end where it was refused', async () => {
    const server = await serve(json({ status: 'invalid event' }, 400))
    const { engine } = stage('pagerduty', server)
    expect(await testChannel(engine, 'ops', AUTHOR)).toMatchObject({ outcome: 'refused', ending: null })
    expect(server.requests).toHaveLength(1)
  })

  it('ends by itself at Alertmanager, where an end at once would keep its routing from telling anybody', async () => {
    const server = await serve(json({}))
    const { engine } = stage('alertmanager', server)
    expect(await testChannel(engine, 'ops', AUTHOR)).toMatchObject({ outcome: 'delivered', ending: null })
    const [alerts] = bodies(server) as unknown as { startsAt: string; endsAt: string }[][]
    expect(Date.parse(alerts?.[0]?.endsAt ?? '') - Date.parse(alerts?.[0]?.startsAt ?? '')).toBe(300_000)
    expect(server.requests).toHaveLength(1)
  })
})
