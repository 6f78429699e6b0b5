import { describe, expect, it } from 'vitest'
import { CHANNEL_KINDS, type ChannelKind } from '#lib/domain/alerts/channel.ts'
import { notificationWith } from '#lib/domain/alerts/notification.fixture.ts'
import type { OpenedChannel } from '#lib/services/alerts/channel.ts'
import { serve, serveRaw } from '../http/testing/local-server.ts'
import { maskSecrets, secretsIn } from './channel-secrets.ts'
import { notifier, opened } from './channels.fixture.ts'
import { toThisMachine } from './email/mail-server.fixture.ts'

const KEY = Buffer.from('planted+bytes/that sign it!!').toString('base64')
const TOKEN = '8412:AAPlantedBotToken_x'
const ROUTING_KEY = 'R0planted0routing0key0of0thirty2'
const PASSWORD = 'planted-pass/word+='

/** Every secret of every kind, for a receiver at `origin`. */
const CHANNELS: Readonly<Record<ChannelKind, (origin: string) => OpenedChannel>> = {
  webhook: (origin) =>
    opened(
      'webhook',
      {
        url: `${origin}/bot${TOKEN}/sendMessage?thread=PlantedThread`,
        signingSecret: `whsec_${KEY}`,
        authorization: 'Bearer PlantedBearer',
      },
      { form: 'telegram', chatId: '1' },
    ),
  slack: (origin) => opened('slack', { url: `${origin}/services/TPlanted/BPlanted/PlantedHookToken` }),
  pagerduty: (origin) => opened('pagerduty', { routingKey: ROUTING_KEY }, { baseUrl: origin }),
  alertmanager: (origin) =>
    opened('alertmanager', { credential: PASSWORD }, { baseUrl: origin, user: 'anna' }),
  email: (origin) =>
    opened(
      'email',
      { password: PASSWORD },
      {
        host: 'mail.example.com',
        port: Number(new URL(origin).port),
        tls: 'implicit',
        user: 'me',
        from: 'a@example.com',
        to: ['b@example.com'],
      },
    ),
}

/** All that would give a secret away, also within what encodes it. */
const LEAKS = [
  'lanted',
  KEY,
  KEY.slice(4, 20),
  ROUTING_KEY.slice(8, 20),
  Buffer.from(`anna:${PASSWORD}`).toString('base64').slice(0, 16),
  Buffer.from(PASSWORD).toString('base64').slice(0, 16),
]

function expectNoLeak(value: unknown): void {
  const text = JSON.stringify(value)
  for (const leak of LEAKS) expect(text).not.toContain(leak)
}

describe.each(CHANNEL_KINDS)('the secrets of a channel of kind %s', (kind) => {
  it('are in no preview', () => {
    const preview = notifier().preview(CHANNELS[kind]('http://127.0.0.1:9'), notificationWith())
    expect(preview.request).not.toBeNull()
    expectNoLeak(preview)
  })

  it('are in no delivery, though the receiver says them all back', async () => {
    const made = notifier({ resolve: toThisMachine })
    for (const status of [200, 403, 500, 302]) {
      const server = await serve((response, request) => {
        const { body } = server.requests.at(-1) ?? { body: '' }
        const said = [
          request.url,
          decodeURIComponent(request.url ?? ''),
          JSON.stringify(request.headers),
          body,
        ]
        response.writeHead(status, { location: `http://127.0.0.1${request.url}` }).end(said.join('\n'))
      })
      expectNoLeak(await made.send(CHANNELS[kind](server.url)))
    }
  })

  it('are in no word about a connection that failed', async () => {
    const made = notifier({ resolve: toThisMachine })
    const server = await serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expectNoLeak(await made.send(CHANNELS[kind](server.url)))
    await server.stop()
    expectNoLeak(await made.send(CHANNELS[kind](server.url)))
  })
})

describe('what is hidden', () => {
  it('leaves the words of answers alone that are in every such address', () => {
    const hidden = secretsIn({ url: 'https://hooks.example.com/services/T00/B00/abcdef123456' }, {})
    expect(hidden).toContain('abcdef123456')
    expect(hidden).not.toContain('services')
    expect(hidden.some((one) => one.includes('example.com'))).toBe(false)
  })

  it('is a part of an address in both its writings, one of its query too, and a malformed one as it is', () => {
    const hidden = secretsIn({ url: 'https://a.example.com/se%20cret/%zzzz?key=planted' }, {})
    for (const part of ['se%20cret', 'se cret', '%zzzz', 'planted']) expect(hidden).toContain(part)
  })

  it('is masked in a request: an address to its origin, the others as a whole', () => {
    const secrets = { url: 'https://a.example.com/secret', key: 'planted', none: null, short: 'ab' }
    expect(maskSecrets('to https://a.example.com/secret with planted, absolutely', secrets)).toBe(
      'to https://a.example.com/•••• with ••••, absolutely',
    )
  })
})
