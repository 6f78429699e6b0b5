import { describe, expect, it } from 'vitest'
import {
  incidentWith,
  notificationWith,
  resolvedNotification,
} from '#lib/domain/alerts/notification.fixture.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { json, serve } from '../http/testing/local-server.ts'
import { notifier, opened } from './channels.fixture.ts'

const ROUTING_KEY = 'R0planted0routing0key0of0thirty2'

async function sent(notification: Notification) {
  const server = await serve(json({ status: 'success', message: 'Event processed' }, 202))
  const channel = opened('pagerduty', { routingKey: ROUTING_KEY }, { baseUrl: `${server.url}/` })
  expect(await notifier().send(channel, notification)).toMatchObject({ outcome: 'delivered', status: 202 })
  const [request] = server.requests
  return { path: request?.url, body: JSON.parse(request!.body) as unknown }
}

describe('an event for PagerDuty', () => {
  it('triggers an alert under the key of the incident', async () => {
    expect(await sent(notificationWith())).toEqual({
      path: '/v2/enqueue',
      body: {
        routing_key: ROUTING_KEY,
        event_action: 'trigger',
        dedup_key: 'switchyard/inc_01',
        client: 'Switchyard',
        client_url: 'https://switchyard.example.com/incidents/inc_01',
        payload: {
          summary: 'OpenAI is unhealthy',
          source: 'OpenAI',
          severity: 'critical',
          timestamp: '2026-11-28T09:58:00.000Z',
          component: 'provider',
          class: 'Provider unhealthy',
          custom_details: {
            text: 'OpenAI has refused connections for 2 min. 3 routes use it.',
            alerts: ['now: OpenAI: unhealthy for 2 min: connect refused'],
            incident: 'inc_01',
          },
        },
        links: [
          { href: 'https://switchyard.example.com/incidents/inc_01', text: 'Open in Switchyard' },
          { href: 'https://runbooks.example.com/openai', text: 'Runbook' },
        ],
      },
    })
  })

  it.each([
    ['updated', 'trigger'],
    ['repeated', 'trigger'],
    ['acknowledged', 'acknowledge'],
    ['resolved', 'resolve'],
  ] as const)('is for %s: %s, under the same key', async (notice, action) => {
    const { path, body } = await sent(notificationWith({ notice }))
    expect(path).toBe('/v2/enqueue')
    expect(body).toMatchObject({ event_action: action, dedup_key: 'switchyard/inc_01' })
  })

  it('says no more than it must to resolve', async () => {
    expect((await sent(resolvedNotification())).body).toEqual({
      routing_key: ROUTING_KEY,
      event_action: 'resolve',
      dedup_key: 'switchyard/inc_01',
    })
  })

  it('is a change event for a change of settings', async () => {
    const change = notificationWith({ notice: 'settings_changed', incident: null, title: 'Ann: new weights' })
    expect(await sent(change)).toEqual({
      path: '/v2/change/enqueue',
      body: {
        routing_key: ROUTING_KEY,
        payload: {
          summary: 'Ann: new weights',
          source: 'Switchyard',
          timestamp: '2026-11-28T10:00:00.000Z',
          custom_details: { text: change.text },
        },
        links: [{ href: 'https://switchyard.example.com/incidents/inc_01', text: 'Open in Switchyard' }],
      },
    })
  })

  it('is an alert of its own for a test', async () => {
    const { body } = await sent(
      notificationWith({ notice: 'test', incident: null, severity: 'info', link: null }),
    )
    expect(body).toMatchObject({
      event_action: 'trigger',
      dedup_key: 'ntf_01',
      payload: { source: 'Switchyard', severity: 'info' },
      links: [],
    })
    expect(body).not.toHaveProperty('client_url')
  })

  it('is within the limits of the API', async () => {
    const incident = incidentWith({ dedupKey: 'k'.repeat(400) })
    const { body } = await sent(notificationWith({ title: 't'.repeat(2_000), incident }))
    const { dedup_key, payload } = body as { dedup_key: string; payload: { summary: string } }
    expect([dedup_key.length, payload.summary.length]).toEqual([255, 1_024])
  })

  it('is not sent without a routing key', async () => {
    expect(await notifier().send(opened('pagerduty'))).toMatchObject({
      outcome: 'refused',
      detail: 'The routing key is not set.',
    })
  })
})
