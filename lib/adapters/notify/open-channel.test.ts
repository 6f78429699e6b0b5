import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AppError } from '#lib/domain/errors.ts'
import type { StoredChannel } from '#lib/services/alerts/channel.ts'
import { createSecrets } from '../secrets/create-secrets.ts'
import { resolveReference } from '../secrets/resolve-reference.ts'
import { createChannelOpener } from './open-channel.ts'

const secrets = createSecrets(randomBytes(32))
const URL_SECRET = 'https://hooks.example.com/planted'

const sealed = (plain: string) =>
  ({ type: 'sealed', sealed: secrets.seal(plain), last4: plain.slice(-4) }) as const
const stored = (part: Partial<StoredChannel> = {}): StoredChannel => ({
  id: 'ops',
  kind: 'webhook',
  settings: { form: 'json' },
  secrets: { url: sealed(URL_SECRET) },
  ...part,
})

const env = { HOOK_URL: ' https://other.example.com/x\n', BAD_URL: 'planted nonsense' }
const open = createChannelOpener(secrets, (reference) => resolveReference(reference, env))

describe('opening a channel', () => {
  it('opens sealed secrets, leaves out what is none, and completes the settings', async () => {
    expect(await open(stored())).toEqual({
      channel: {
        kind: 'webhook',
        settings: { form: 'json', chatId: null, template: null, contentType: 'application/json' },
        secrets: { url: URL_SECRET, signingSecret: null, authorization: null },
      },
      fault: null,
    })
  })

  it('follows a reference each time', async () => {
    const channel = stored({ secrets: { url: { type: 'reference', reference: 'env:HOOK_URL' } } })
    expect(await open(channel)).toMatchObject({
      channel: { secrets: { url: 'https://other.example.com/x' } },
    })
    const rotating = { URL: 'https://a.example.com/' }
    const again = createChannelOpener(secrets, (reference) => resolveReference(reference, rotating))
    const rotated = stored({ secrets: { url: { type: 'reference', reference: 'env:URL' } } })
    await again(rotated)
    rotating.URL = 'https://b.example.com/'
    expect(await again(rotated)).toMatchObject({ channel: { secrets: { url: 'https://b.example.com/' } } })
  })

  it('says of a secret that cannot be read why', async () => {
    const refusal = new AppError('unavailable', 'the disk it is on does not answer')
    const opener = createChannelOpener(secrets, () => Promise.reject(refusal))
    const channel = stored({ secrets: { url: { type: 'reference', reference: 'file:/mnt/url' } } })
    expect((await opener(channel)).fault).toBe(
      'The secret "url" cannot be had: file:/mnt/url cannot be read, the disk it is on does not answer.',
    )
  })

  it.each([
    ['no secret', stored({ secrets: {} }), 'The secret "url" is not set.'],
    [
      'an empty reference',
      stored({ secrets: { url: { type: 'reference', reference: 'env:NOWHERE' } } }),
      /env:NOWHERE is not set/,
    ],
    [
      'nonsense behind a reference',
      stored({ secrets: { url: { type: 'reference', reference: 'env:BAD_URL' } } }),
      /^The secret "url" is not usable: an http/,
    ],
    [
      'a secret sealed with another key',
      stored({
        secrets: {
          url: { type: 'sealed', sealed: createSecrets(randomBytes(32)).seal(URL_SECRET), last4: 'nted' },
        },
      }),
      /another secret key/,
    ],
    [
      'settings of another time',
      stored({ settings: { form: 'pigeon' } }),
      /^The stored settings are not usable/,
    ],
  ])('says what is wrong with %s, and no secret', async (_what, channel, fault) => {
    const result = await open(channel)
    expect(result.channel).toBeNull()
    expect(result.fault).toMatch(fault)
    expect(result.fault).not.toContain('planted')
  })
})
