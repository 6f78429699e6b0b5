import { describe, expect, it } from 'vitest'
import { type ChannelConfig, createChannelSchema, patchChannelSchema } from '#lib/contract/channel.ts'
import { CHANNEL_KINDS } from '#lib/domain/alerts/channel.ts'
import {
  type ChannelForm,
  channelForm,
  createChannelInput,
  isSameChannel,
  newChannelForm,
  patchChannelInput,
  secretsAtStake,
} from './channel-form.ts'
import { labelsOf, textOfLabels } from './label-lines.ts'
import { secretChoices } from './secret-words.ts'

const sealed = { isSet: true, last4: 'oken', reference: null }
const none = { isSet: false, last4: null, reference: null }
const referred = { isSet: true, last4: null, reference: 'env:TOKEN' }

const stored = (over: Partial<ChannelConfig> = {}): ChannelConfig => ({
  id: 'am',
  name: 'Alertmanager',
  kind: 'alertmanager',
  enabled: true,
  settings: {
    baseUrl: 'https://am.example.com',
    user: null,
    labels: { team: 'platform', note: 'a=b' },
    holdMs: 86_400_000,
  },
  secrets: { credential: sealed },
  version: 4,
  createdAt: '2026-11-28T10:00:00.000Z',
  updatedAt: '2026-11-28T10:00:00.000Z',
  ...over,
})
const form = channelForm(stored())

const withSettings = (over: Partial<ChannelForm['settings']>): ChannelForm => ({
  ...form,
  settings: { ...form.settings, ...over },
})
const withCredential = (over: Partial<ChannelForm['secrets']['url']>): ChannelForm => ({
  ...form,
  secrets: { ...form.secrets, credential: { ...form.secrets.credential, ...over } },
})

const MAIL: Partial<ChannelForm['settings']> = {
  host: 'smtp.example.com',
  from: 'a@example.com',
  to: 'b@example.com; c@example.com\nd@example.com',
}

describe('the form of a new channel', () => {
  it.each(CHANNEL_KINDS)('asks for what it cannot do without, and no more: %s', (kind) => {
    const filled = newChannelForm(kind)
    filled.name = 'A name'
    filled.settings = {
      ...filled.settings,
      ...(kind === 'email' && MAIL),
      ...(kind === 'alertmanager' && { baseUrl: 'https://am.example.com' }),
    }
    filled.secrets.url = { mode: 'secret', secret: 'https://hooks.example.com/x', reference: '' }
    filled.secrets.routingKey = { mode: 'reference', secret: '', reference: 'env:PAGERDUTY' }
    const parsed = createChannelSchema.parse(createChannelInput(filled))
    expect(parsed.kind).toBe(kind)
    const names = { webhook: ['url'], slack: ['url'], pagerduty: ['routingKey'], alertmanager: [], email: [] }
    expect(Object.keys(parsed.secrets)).toEqual(names[kind])
  })

  it('reads addresses between commas, semicolons and lines', () => {
    const mail = newChannelForm('email')
    mail.settings = { ...mail.settings, ...MAIL }
    expect(createChannelInput(mail).settings).toMatchObject({
      to: ['b@example.com', 'c@example.com', 'd@example.com'],
      user: null,
    })
  })

  it('is refused a time that is none, at its field', () => {
    const wrong = createChannelInput({ ...withSettings({ holdMs: 'long' }), name: 'x' })
    expect(createChannelSchema.safeParse(wrong).error?.issues[0]?.path).toEqual(['settings', 'holdMs'])
  })

  it('sends what only one form of a webhook has with that form alone', () => {
    const hook = newChannelForm('webhook')
    hook.settings = { ...hook.settings, chatId: '12', template: '{}' }
    const settingsOf = (it: 'json' | 'telegram' | 'custom') =>
      createChannelInput({ ...hook, settings: { ...hook.settings, form: it } }).settings
    expect(settingsOf('json')).toMatchObject({ chatId: null, template: null })
    expect(settingsOf('telegram')).toMatchObject({ chatId: '12', template: null })
    expect(settingsOf('custom')).toMatchObject({ chatId: null, template: '{}' })
  })
})

describe('the form of a stored channel', () => {
  it('changes nothing as it is, and never holds the secret', () => {
    expect(isSameChannel(form, form)).toBe(true)
    expect(patchChannelInput(form, form, 4)).toEqual({ kind: 'alertmanager', expectedVersion: 4 })
    expect(form.secrets.credential).toEqual({ mode: 'keep', secret: '', reference: '' })
    expect(form.settings).toMatchObject({ labels: 'team=platform\nnote=a=b', holdMs: '24h' })
  })

  it('sends only what differs, and settings whole', () => {
    expect(patchChannelInput({ ...form, name: 'Other ' }, form, 4)).toEqual({
      kind: 'alertmanager',
      expectedVersion: 4,
      name: 'Other',
    })
    const patch = patchChannelInput(withSettings({ holdMs: '12h' }), form, 4)
    expect(patchChannelSchema.parse(patch)).toEqual({
      kind: 'alertmanager',
      expectedVersion: 4,
      settings: { ...stored().settings, holdMs: 43_200_000 },
    })
  })

  it('gives, names or takes away a secret', () => {
    const secretsOf = (it: ChannelForm) => patchChannelInput(it, form, 4).secrets
    expect(secretsOf(withCredential({ mode: 'secret', secret: 's3' }))).toEqual({
      credential: { secret: 's3' },
    })
    expect(secretsOf(withCredential({ mode: 'reference', reference: ' env:A ' }))).toEqual({
      credential: { reference: 'env:A' },
    })
    expect(secretsOf(withCredential({ mode: 'none' }))).toEqual({ credential: null })
  })

  it('says which kept secret would go to another address', () => {
    const elsewhere = { settings: { ...form.settings, baseUrl: 'https://other.example.com' } }
    expect(secretsAtStake(form, form)).toEqual([])
    expect(secretsAtStake({ ...form, ...elsewhere }, form)).toEqual(['credential'])
    expect(secretsAtStake({ ...withCredential({ mode: 'none' }), ...elsewhere }, form)).toEqual([])
    const without = channelForm(stored({ secrets: { credential: none } }))
    expect(secretsAtStake({ ...without, ...elsewhere }, without)).toEqual([])
  })

  it('gives a reference again with any other change of where or how', () => {
    const before = channelForm(stored({ secrets: { credential: referred } }))
    const after = { ...before, settings: { ...before.settings, baseUrl: 'https://other.example.com' } }
    expect(patchChannelInput(before, before, 4)).not.toHaveProperty('secrets')
    expect(patchChannelInput(after, before, 4).secrets).toEqual({ credential: { reference: 'env:TOKEN' } })
    expect(secretsAtStake(after, before)).toEqual([])
    const hook = channelForm(
      stored({ kind: 'webhook', settings: {}, secrets: { url: sealed, authorization: referred } }),
    )
    const moved: ChannelForm = {
      ...hook,
      secrets: { ...hook.secrets, url: { mode: 'secret', secret: 'https://b.example.com', reference: '' } },
    }
    expect(patchChannelInput(moved, hook, 4).secrets).toEqual({
      url: { secret: 'https://b.example.com' },
      authorization: { reference: 'env:TOKEN' },
    })
  })
})

describe('labels', () => {
  it('are lines, and come back', () => {
    const labels = { team: 'platform', note: 'a=b' }
    expect(labelsOf(textOfLabels(labels))).toEqual(labels)
    expect(labelsOf(' team = platform \n\n')).toEqual({ team: 'platform' })
  })

  it('without a value are left for the schema to refuse', () => {
    expect(labelsOf('team')).toEqual({ team: '' })
  })
})

describe('what can be done about a secret', () => {
  const modes = (...given: Parameters<typeof secretChoices>) =>
    secretChoices(...given).map(({ value, label }) => `${value}: ${label}`)

  it('is to keep it only where nobody can read it again, and to remove it only where it can be done without', () => {
    expect(modes('webhook', 'url', null)).toEqual(['secret: Enter it', 'reference: By reference'])
    expect(modes('webhook', 'url', sealed)).toEqual([
      'keep: Keep •••• oken',
      'secret: Replace',
      'reference: By reference',
    ])
    expect(modes('email', 'password', { ...sealed, last4: null })[0]).toBe('keep: Keep ••••')
    expect(modes('email', 'password', referred)).toEqual([
      'secret: Enter it',
      'reference: By reference',
      'none: Remove',
    ])
    expect(modes('email', 'password', none)).toContain('none: None')
  })
})
