import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import {
  alertWith,
  incidentWith,
  notificationWith,
  resolvedNotification,
} from '#lib/domain/alerts/notification.fixture.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { json, serve } from '../http/testing/local-server.ts'
import { notifier, NOW, opened } from './channels.fixture.ts'

const SECRET = `whsec_${Buffer.from('thirty-two bytes that sign this!').toString('base64')}`

/** What arrives of a notification in a form. */
async function sent(settings: Record<string, unknown>, notification: Notification = notificationWith()) {
  const server = await serve(json({ ok: true }))
  const channel = opened('webhook', { url: `${server.url}/hook?a=b` }, settings)
  expect(await notifier().send(channel, notification)).toMatchObject({ outcome: 'delivered' })
  const [request] = server.requests
  expect(request).toMatchObject({ method: 'POST', url: '/hook?a=b' })
  return request!
}

const bodyOf = async (settings: Record<string, unknown>, notification?: Notification) =>
  JSON.parse((await sent(settings, notification)).body) as unknown

/** Nothing about it is harmless. */
const hostile = () =>
  notificationWith({
    title: '"},{"x":"<!channel> @everyone [a](http://evil.example) *b*\n',
    text: '{{title}} \\ "quoted" \u0000 😀',
    link: null,
    incident: incidentWith({ alerts: [alertWith({ sentence: '<b>`</b>' })], acknowledgedBy: 'Ann "_"' }),
  })

describe('a signed webhook', () => {
  it('is verified by the reference library, and by it alone when nothing was changed', async () => {
    // The library compares with the machine's clock.
    const now = Date.now()
    const server = await serve(json({}))
    const channel = opened('webhook', { url: server.url, signingSecret: SECRET })
    await notifier({ now }).send(channel, notificationWith({ text: 'Grüße, 世界 😀' }))
    const { headers, body } = server.requests[0]!
    const fields = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    expect(new Webhook(SECRET).verify(body, fields)).toMatchObject({ type: 'incident.triggered' })
    expect(() => new Webhook(SECRET).verify(body.replace('世', '丗'), fields)).toThrow(
      'No matching signature',
    )
    expect(() => new Webhook(SECRET).verify(body, { ...fields, 'webhook-id': 'another' })).toThrow()
  })

  it('has the same id and body at each attempt, and the time and number of this one', async () => {
    const server = await serve(json({}, 500))
    const channel = opened('webhook', { url: server.url, signingSecret: SECRET })
    const { signal } = new AbortController()
    await notifier({ now: NOW }).deliver(channel, notificationWith(), { attempt: 1, signal })
    await notifier({ now: NOW + 60_999 }).deliver(channel, notificationWith(), { attempt: 2, signal })
    const [first, second] = server.requests
    expect(second?.body).toBe(first?.body)
    expect(first?.headers).toMatchObject({
      'webhook-id': 'ntf_01',
      'webhook-timestamp': String(NOW / 1_000),
      'switchyard-attempt': '1',
    })
    expect(second?.headers).toMatchObject({
      'webhook-id': 'ntf_01',
      'webhook-timestamp': String(NOW / 1_000 + 60),
      'switchyard-attempt': '2',
    })
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature'])
  })

  it('is not signed without a secret, and not sent with half of one', async () => {
    expect((await sent({})).headers['webhook-signature']).toBeUndefined()
    for (const signingSecret of ['whsec_c2hvcnQ=', 'plain', `whsec_${'A'.repeat(92)}`]) {
      const channel = opened('webhook', { url: 'http://127.0.0.1:9/', signingSecret })
      expect(await notifier().send(channel)).toMatchObject({
        outcome: 'refused',
        detail: expect.stringContaining('signing secret') as string,
      })
    }
  })

  it('brings the authorization that it was given', async () => {
    const server = await serve(json({}))
    await notifier().send(opened('webhook', { url: server.url, authorization: 'Bearer planted' }))
    expect(server.requests[0]?.headers.authorization).toBe('Bearer planted')
  })
})

describe('the form for programs', () => {
  it('says everything, with times as RFC 3339', async () => {
    expect(await bodyOf({})).toEqual({
      type: 'incident.triggered',
      timestamp: '2026-11-28T10:00:00.000Z',
      data: {
        id: 'ntf_01',
        notice: 'triggered',
        severity: 'critical',
        title: 'OpenAI is unhealthy',
        text: 'OpenAI has refused connections for 2 min. 3 routes use it.',
        link: 'https://switchyard.example.com/incidents/inc_01',
        incident: {
          ...incidentWith(),
          startedAt: '2026-11-28T09:58:00.000Z',
          alerts: [{ ...alertWith(), since: '2026-11-28T09:58:00.000Z' }],
        },
      },
    })
    expect(await bodyOf({}, resolvedNotification())).toMatchObject({
      type: 'incident.resolved',
      data: { incident: { resolvedAt: '2026-11-28T10:01:00.000Z' } },
    })
  })

  it.each([
    ['test', 'channel.test'],
    ['settings_changed', 'settings.changed'],
  ] as const)('calls a %s by its name', async (notice, type) => {
    const body = await bodyOf({}, notificationWith({ notice, incident: null }))
    expect(body).toMatchObject({ type, data: { incident: null } })
  })
})

describe('the form for Teams', () => {
  it('is an Adaptive Card in a message', async () => {
    const body = await bodyOf({ form: 'teams' })
    expect(body).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              { type: 'TextBlock', text: 'OpenAI is unhealthy' },
              { type: 'TextBlock', text: 'OpenAI has refused connections for 2 min. 3 routes use it.' },
              {
                type: 'FactSet',
                facts: [
                  { title: 'Notice', value: 'triggered' },
                  { title: 'Severity', value: 'critical' },
                  { title: 'Since', value: '2026-11-28T09:58:00.000Z' },
                ],
              },
              { type: 'TextBlock', text: 'now: OpenAI: unhealthy for 2 min: connect refused' },
            ],
            actions: [{ type: 'Action.OpenUrl', url: 'https://switchyard.example.com/incidents/inc_01' }],
          },
        },
      ],
    })
  })

  it('makes no link of a name, and no card that is broken', async () => {
    const text = JSON.stringify(await bodyOf({ form: 'teams' }, hostile()))
    expect(text).toContain('\\\\[a\\\\](http://evil.example) \\\\*b\\\\*')
    expect(text).not.toContain('Action.OpenUrl')
  })
})

describe('the form for Discord', () => {
  it('is an embed in the colour of the severity', async () => {
    expect(await bodyOf({ form: 'discord' })).toEqual({
      username: 'Switchyard',
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: 'OpenAI is unhealthy',
          description: 'OpenAI has refused connections for 2 min. 3 routes use it.',
          url: 'https://switchyard.example.com/incidents/inc_01',
          color: 0xc0392b,
          timestamp: '2026-11-28T10:00:00.000Z',
          fields: [
            { name: 'Severity', value: 'critical', inline: true },
            { name: 'Notice', value: 'triggered', inline: true },
            { name: 'Incident', value: 'inc\\_01', inline: true },
          ],
        },
      ],
    })
    expect(await bodyOf({ form: 'discord' }, resolvedNotification())).toMatchObject({
      embeds: [{ color: 0x1e8449 }],
    })
  })

  it('mentions nobody and makes no link, whatever it is told', async () => {
    expect(await bodyOf({ form: 'discord' }, hostile())).toMatchObject({
      allowed_mentions: { parse: [] },
      embeds: [{ title: expect.stringContaining('\\[a\\](http') as string }],
    })
    expect(
      await bodyOf({ form: 'discord' }, notificationWith({ notice: 'test', incident: null })),
    ).toMatchObject({
      embeds: [{ fields: [{}, {}] }],
    })
  })
})

describe('the form for Telegram', () => {
  it('is plain text for a chat', async () => {
    expect(await bodyOf({ form: 'telegram', chatId: '-100123' })).toEqual({
      chat_id: '-100123',
      text: [
        'OpenAI is unhealthy',
        'OpenAI has refused connections for 2 min. 3 routes use it.',
        'now: OpenAI: unhealthy for 2 min: connect refused',
        'https://switchyard.example.com/incidents/inc_01',
      ].join('\n\n'),
      link_preview_options: { is_disabled: true },
    })
  })

  it('is never too long', async () => {
    const text = 'ä'.repeat(5_000)
    const alerts = Array.from({ length: 50 }, () => alertWith({ sentence: 'x'.repeat(300) }))
    const long = notificationWith({ text, incident: incidentWith({ alerts }) })
    const body = (await bodyOf({ form: 'telegram', chatId: '@ops' }, long)) as { text: string }
    expect(body.text.length).toBeLessThanOrEqual(4_096)
    expect(body.text.length).toBeGreaterThan(4_000)
  })
})

describe('the form for ntfy', () => {
  it('is plain text, with the rest in headers', async () => {
    const { headers, body } = await sent({ form: 'ntfy' })
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      title: 'OpenAI is unhealthy',
      priority: '5',
      tags: 'rotating_light',
      click: 'https://switchyard.example.com/incidents/inc_01',
    })
    expect(body).toBe(
      'OpenAI has refused connections for 2 min. 3 routes use it.\n\nnow: OpenAI: unhealthy for 2 min: connect refused',
    )
  })

  it('carries a title that is not ASCII as an encoded word, and never as two headers', async () => {
    const title = 'Störung: 世界\r\nX-Evil: 1'
    const { headers } = await sent({ form: 'ntfy' }, notificationWith({ title, link: null }))
    const [, encoded = ''] = /^=\?UTF-8\?B\?(.+)\?=$/.exec(String(headers.title)) ?? []
    expect(Buffer.from(encoded, 'base64').toString()).toBe('Störung: 世界 X-Evil: 1')
    expect(headers['x-evil']).toBeUndefined()
    expect(headers.click).toBeUndefined()
    const plain = await sent({ form: 'ntfy' }, notificationWith({ title: 'a\r\nX-Evil: 1' }))
    expect(plain.headers.title).toBe('a X-Evil: 1')
  })

  it('stays a message: at most 4,096 bytes, and never empty', async () => {
    const long = await sent({ form: 'ntfy' }, notificationWith({ text: '世'.repeat(2_000) }))
    expect(Buffer.byteLength(long.body)).toBeLessThanOrEqual(4_096)
    const bare = await sent({ form: 'ntfy' }, notificationWith({ text: '', incident: null }))
    expect(bare.body).toBe('OpenAI is unhealthy')
  })
})

describe('a form of its own', () => {
  const template = '{"what": "{{title}}", "level": {{priority}}{{#link}}, "see": "{{link}}"{{/link}}}'

  it('is filled in, JSON whatever is said', async () => {
    expect(await bodyOf({ form: 'custom', template })).toEqual({
      what: 'OpenAI is unhealthy',
      level: 5,
      see: 'https://switchyard.example.com/incidents/inc_01',
    })
    expect(await bodyOf({ form: 'custom', template }, hostile())).toEqual({ what: hostile().title, level: 5 })
  })

  it('may be plain text', async () => {
    const settings = { form: 'custom', template: '<{{title}}>', contentType: 'text/plain' }
    const { headers, body } = await sent(settings, hostile())
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(body).toBe(`<${hostile().title}>`)
  })

  it('is not sent when it was kept before a rule that it breaks', async () => {
    const channel = opened('webhook', { url: 'http://127.0.0.1:9/' }, { form: 'custom', template })
    for (const broken of ['{{gone}}', '{{title}}']) {
      const kept = { ...channel, settings: { ...channel.settings, template: broken } } as typeof channel
      expect(await notifier().send(kept)).toMatchObject({
        outcome: 'refused',
        detail: expect.stringContaining('template') as string,
      })
    }
  })
})
