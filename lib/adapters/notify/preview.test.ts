import { describe, expect, it } from 'vitest'
import { WEBHOOK_FORMS } from '#lib/domain/alerts/channel.ts'
import { notificationWith } from '#lib/domain/alerts/notification.fixture.ts'
import { MASKED } from '#lib/domain/redact-secrets.ts'
import type { OpenedChannel } from '#lib/services/alerts/channel.ts'
import { json, serve } from '../http/testing/local-server.ts'
import { notifier, opened } from './channels.fixture.ts'

const ROUTING_KEY = 'R0planted0routing0key0of0thirty2'
const SECRETS = {
  signingSecret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  authorization: 'Bearer planted',
}
const TEMPLATE = '{"a": "{{title}}"}'

const CASES: [string, (origin: string) => OpenedChannel][] = [
  ...WEBHOOK_FORMS.map((form): (typeof CASES)[number] => [
    form,
    (origin) =>
      opened('webhook', { url: `${origin}/planted`, ...SECRETS }, { form, chatId: '1', template: TEMPLATE }),
  ]),
  ['slack', (origin) => opened('slack', { url: `${origin}/services/planted` })],
  ['pagerduty', (origin) => opened('pagerduty', { routingKey: ROUTING_KEY }, { baseUrl: origin })],
  ['alertmanager', (origin) => opened('alertmanager', { credential: 'planted' }, { baseUrl: origin })],
]

/** What any request has, whoever sends it. */
const OF_HTTP = [
  'host',
  'connection',
  'content-length',
  'accept',
  'accept-language',
  'sec-fetch-mode',
  'accept-encoding',
]

describe('a preview', () => {
  it.each(CASES)('of %s is what is sent, save for secrets', async (_name, channelAt) => {
    const server = await serve(json({}))
    const channel = channelAt(server.url)
    const made = notifier()
    const { request: shown, detail } = made.preview(channel, notificationWith())
    await made.send(channel)
    const sent = server.requests[0]!
    expect(detail).toBeNull()
    expect(shown).toMatchObject({ method: sent.method, html: null })
    expect(shown?.body).toBe(sent.body.replace(ROUTING_KEY, MASKED))
    expect(shown?.url).toBe('url' in channel.secrets ? `${server.url}/${MASKED}` : `${server.url}${sent.url}`)
    const headers = Object.entries(sent.headers).filter(([name]) => !OF_HTTP.includes(name))
    const masked = headers.map(([name, value]) => [
      name,
      /signature|authorization/.test(name) ? MASKED : value,
    ])
    expect(shown?.headers).toEqual(Object.fromEntries(masked))
  })

  it('says why nothing would be sent', () => {
    expect(notifier().preview(opened('slack'), notificationWith())).toEqual({
      request: null,
      detail: 'The address is not set.',
    })
  })
})
