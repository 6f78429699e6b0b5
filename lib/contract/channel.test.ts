import { describe, expect, it } from 'vitest'
import { createChannelSchema, patchChannelSchema } from './channel.ts'

const SIGNING = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const url = { secret: 'https://hooks.example.com/services/T0/B0/planted' }
const mail = { host: 'mail.example.com', from: 'switchyard@example.com', to: ['ops@example.com'] }

/** The paths of complaints, with the first one's words. */
function complaints(input: unknown, schema: typeof createChannelSchema | typeof patchChannelSchema) {
  const { error } = schema.safeParse(input)
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
}

describe('a new channel', () => {
  it.each([
    ['webhook', { url }, {}, { form: 'json', chatId: null, template: null, contentType: 'application/json' }],
    ['slack', { url }, {}, {}],
    [
      'pagerduty',
      { routingKey: { secret: 'a'.repeat(32) } },
      {},
      { baseUrl: 'https://events.pagerduty.com' },
    ],
    [
      'alertmanager',
      {},
      { baseUrl: 'https://alerts.example.com' },
      { baseUrl: 'https://alerts.example.com', user: null, labels: {}, holdMs: 86_400_000 },
    ],
    ['email', {}, mail, { ...mail, port: 587, tls: 'starttls', user: null }],
  ])('of kind %s takes defaults', (kind, secrets, settings, expected) => {
    const parsed = createChannelSchema.parse({ kind, name: ' Ops ', settings, secrets })
    expect(parsed).toMatchObject({ kind, name: 'Ops', secrets })
    expect(parsed.settings).toEqual(expected)
  })

  it.each([
    ['a kind that there is not', { kind: 'pigeon' }, /^kind/],
    ['a channel without its secret', { kind: 'slack', secrets: {} }, /^secrets\.url: is needed/],
    ['a secret of another kind', { kind: 'slack', secrets: { url, password: url } }, /Unrecognized key/],
    [
      'a setting that there is not',
      { kind: 'slack', settings: { colour: 1 }, secrets: { url } },
      /^settings/,
    ],
    [
      'an address with a password',
      { kind: 'slack', secrets: { url: { secret: 'https://a:b@c.d/' } } },
      /^secrets\.url/,
    ],
    [
      'an address of a metadata service',
      { kind: 'slack', secrets: { url: { secret: 'http://169.254.169.254/' } } },
      /./,
    ],
    [
      'a reference to nowhere',
      { kind: 'slack', secrets: { url: { reference: 'vault:x' } } },
      /^secrets\.url/,
    ],
    [
      'a short signing secret',
      { kind: 'webhook', secrets: { url, signingSecret: { secret: 'whsec_YWJj' } } },
      /signingSecret/,
    ],
    [
      'Telegram without a chat',
      { kind: 'webhook', settings: { form: 'telegram' }, secrets: { url } },
      /^settings\.chatId/,
    ],
    [
      'a form of its own without a template',
      { kind: 'webhook', settings: { form: 'custom' }, secrets: { url } },
      /^settings\.template: write/,
    ],
    [
      'a template with a fault',
      { kind: 'webhook', settings: { form: 'custom', template: '{"a": "{{b}}"}' }, secrets: { url } },
      /^settings\.template: line 1, column 8: there is no value "b"/,
    ],
    [
      'a template that is not JSON',
      { kind: 'webhook', settings: { form: 'custom', template: '{{title}}' }, secrets: { url } },
      /^settings\.template: is no longer JSON/,
    ],
    [
      'a password in the clear',
      { kind: 'email', settings: { ...mail, tls: 'none', user: 'me' }, secrets: {} },
      /^settings\.tls: a password/,
    ],
    ['nobody to write to', { kind: 'email', settings: { ...mail, to: [] }, secrets: {} }, /^settings\.to/],
    [
      'a second header in an address',
      { kind: 'email', settings: { ...mail, from: 'a@b.cd\r\nBcc: x@y.zz' }, secrets: {} },
      /^settings\.from/,
    ],
  ])('is refused with %s', (_what, input, complaint) => {
    const [first = ''] = complaints({ name: 'Ops', settings: {}, secrets: {}, ...input }, createChannelSchema)
    expect(first).toMatch(complaint)
    expect(first).not.toContain('planted')
  })

  it('takes a template of its own, a signing secret, and references', () => {
    const settings = { form: 'custom', template: 'Look: {{title}}', contentType: 'text/plain' }
    const secrets = { url: { reference: 'env:HOOK_URL' }, signingSecret: { secret: SIGNING } }
    expect(complaints({ kind: 'webhook', name: 'Ops', settings, secrets }, createChannelSchema)).toEqual([])
  })
})

describe('a change of a channel', () => {
  it('changes what is given alone, and null takes a secret away', () => {
    const change = { kind: 'webhook', expectedVersion: 3, secrets: { signingSecret: null } }
    expect(patchChannelSchema.parse(change)).toEqual(change)
  })

  it('is held to the same rules', () => {
    const change = { kind: 'email', expectedVersion: 3, settings: { ...mail, tls: 'none', user: 'me' } }
    expect(complaints(change, patchChannelSchema)[0]).toMatch(/^settings\.tls/)
    expect(complaints({ kind: 'slack' }, patchChannelSchema)[0]).toMatch(/^expectedVersion/)
  })
})
