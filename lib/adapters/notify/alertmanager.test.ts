import { describe, expect, it } from 'vitest'
import {
  alertWith,
  AT,
  incidentWith,
  notificationWith,
  resolvedNotification,
} from '#lib/domain/alerts/notification.fixture.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { json, serve } from '../http/testing/local-server.ts'
import { notifier, opened } from './channels.fixture.ts'

async function sent(notification: Notification, settings: Record<string, unknown> = {}, credential = '') {
  const server = await serve(json({}))
  const secrets = credential === '' ? {} : { credential }
  const channel = opened('alertmanager', secrets, { baseUrl: `${server.url}/am/`, ...settings })
  const delivery = await notifier().send(channel, notification)
  expect(delivery).toMatchObject({ outcome: 'delivered' })
  const [request] = server.requests
  return {
    delivery,
    path: request?.url,
    headers: request?.headers ?? {},
    alerts: request === undefined ? null : (JSON.parse(request.body) as Record<string, unknown>[]),
  }
}

describe('alerts for Alertmanager', () => {
  it('fire as long as they are held', async () => {
    const { path, alerts } = await sent(notificationWith(), { labels: { team: 'ai' }, holdMs: 3_600_000 })
    expect(path).toBe('/am/api/v2/alerts')
    expect(alerts).toEqual([
      {
        labels: {
          team: 'ai',
          alertname: 'Provider unhealthy',
          severity: 'critical',
          rule: 'provider-unhealthy',
          subject: 'provider',
          instance: 'openai',
          provider: 'openai',
        },
        annotations: {
          summary: 'OpenAI: unhealthy for 2 min: connect refused',
          description: 'OpenAI is unhealthy',
          incident: 'inc_01',
          runbook_url: 'https://runbooks.example.com/openai',
        },
        startsAt: '2026-11-28T09:58:00.000Z',
        endsAt: '2026-11-28T11:00:00.000Z',
        generatorURL: 'https://switchyard.example.com/incidents/inc_01',
      },
    ])
  })

  it('end with the incident, under the labels with which they began', async () => {
    const began = await sent(notificationWith())
    const ended = await sent(resolvedNotification())
    expect(ended.alerts?.[0]).toMatchObject({
      labels: began.alerts?.[0]?.labels,
      startsAt: '2026-11-28T09:58:00.000Z',
      endsAt: '2026-11-28T10:01:00.000Z',
    })
  })

  it('are all over with the incident, whatever was last seen of each', async () => {
    const open = incidentWith({ state: 'resolved', resolvedAt: AT + 60_000 })
    const { alerts } = await sent(notificationWith({ notice: 'resolved', incident: open }))
    expect(alerts?.[0]?.endsAt).toBe('2026-11-28T10:01:00.000Z')
  })

  it('end one by one while the incident goes on', async () => {
    const alerts = [
      alertWith({ isOver: true }),
      alertWith({ subject: { type: 'circuit', id: 'azure', name: 'Azure', model: 'gpt' }, runbookUrl: null }),
      alertWith({ subject: { type: 'circuit', id: 'azure', name: 'Azure', model: null } }),
      alertWith({ subject: { type: 'route', id: 'chat', name: 'Chat' } }),
      alertWith({ subject: { type: 'monitor' } }),
    ]
    const sentAlerts = await sent(notificationWith({ notice: 'updated', incident: incidentWith({ alerts }) }))
    expect(sentAlerts.alerts).toMatchObject([
      { labels: { subject: 'provider' }, endsAt: '2026-11-28T10:00:00.000Z' },
      { labels: { subject: 'circuit', provider: 'azure', model: 'gpt' }, endsAt: '2026-11-29T10:00:00.000Z' },
      { labels: { subject: 'circuit', provider: 'azure' } },
      { labels: { subject: 'route', instance: 'chat', route: 'chat' } },
      { labels: { subject: 'monitor', instance: 'switchyard' } },
    ])
    expect(sentAlerts.alerts?.[2]?.labels).not.toHaveProperty('model')
    expect(sentAlerts.alerts?.[1]?.annotations).not.toHaveProperty('runbook_url')
  })

  it('end under the names that they went by before', async () => {
    const formerly = [{ ruleName: 'Provider gone', severity: 'warning' }] as const
    const renamed = incidentWith({ alerts: [alertWith({ formerly })] })
    const { alerts } = await sent(notificationWith({ notice: 'updated', incident: renamed }))
    const ends = alerts?.map(({ labels, endsAt }) => {
      const { alertname, severity, rule } = labels as Record<string, string>
      return [alertname, severity, rule, endsAt]
    })
    expect(ends).toEqual([
      ['Provider gone', 'warning', 'provider-unhealthy', '2026-11-28T10:00:00.000Z'],
      ['Provider unhealthy', 'critical', 'provider-unhealthy', '2026-11-29T10:00:00.000Z'],
    ])
  })

  it('never end before they begin', async () => {
    const alerts = [alertWith({ since: AT + 500_000, isOver: true })]
    const { alerts: sentAlerts } = await sent(notificationWith({ incident: incidentWith({ alerts }) }))
    expect(sentAlerts?.[0]?.endsAt).toBe(sentAlerts?.[0]?.startsAt)
  })

  it('are of their own name in a test, and short', async () => {
    const { alerts } = await sent(notificationWith({ notice: 'test', incident: null, link: null }))
    expect(alerts).toEqual([
      {
        labels: { alertname: 'SwitchyardTest', severity: 'critical', instance: 'ntf_01' },
        annotations: { summary: 'OpenAI is unhealthy', description: expect.any(String) as string },
        startsAt: '2026-11-28T10:00:00.000Z',
        endsAt: '2026-11-28T10:05:00.000Z',
      },
    ])
  })

  it.each(['settings_changed', 'acknowledged'] as const)('are none for %s', async (notice) => {
    const { delivery, alerts } = await sent(notificationWith({ notice }))
    expect(alerts).toBeNull()
    expect(delivery).toMatchObject({ status: null, detail: expect.stringContaining('knows no') as string })
    const channel = opened('alertmanager', {}, { baseUrl: 'http://127.0.0.1:9' })
    expect(notifier().preview(channel, notificationWith({ notice }))).toEqual({
      request: null,
      detail: delivery.detail,
    })
  })

  it('are sent by whom it is set', async () => {
    expect((await sent(notificationWith())).headers.authorization).toBeUndefined()
    expect((await sent(notificationWith(), {}, 'planted')).headers.authorization).toBe('Bearer planted')
    const basic = await sent(notificationWith(), { user: 'me' }, 'planted')
    expect(basic.headers.authorization).toBe(`Basic ${Buffer.from('me:planted').toString('base64')}`)
  })
})
