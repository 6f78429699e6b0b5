import type {
  ChannelConfig,
  CreateChannel,
  PatchChannel,
  SecretName,
  SecretView,
} from '#lib/contract/channel.ts'
import { CHANNEL_SHAPES } from '#lib/contract/channel-kinds.ts'
import { formatDuration, parseDuration } from '#lib/contract/duration.ts'
import type { ChannelKind, MailTlsMode, WebhookForm } from '#lib/domain/alerts/channel.ts'
import { secretsToGiveAgain } from '#lib/domain/alerts/channel-destination.ts'
import { labelsOf, textOfLabels } from './label-lines.ts'
import { sameJson } from './provider-form-input.ts'

/** A secret as its form holds it: kept as it is, given anew, named by where it is found, or taken away. */
export type SecretForm = {
  mode: 'keep' | 'secret' | 'reference' | 'none'
  secret: string
  reference: string
}

/** The names of the secrets of all kinds. */
export type SecretKey = { [K in ChannelKind]: SecretName<K> }[ChannelKind]

/** The settings of every kind; only those of the channel's own are sent. */
export type ChannelSettingsForm = {
  form: WebhookForm
  chatId: string
  template: string
  contentType: 'application/json' | 'text/plain'
  baseUrl: string
  user: string
  /** A line for each: `team=platform`. */
  labels: string
  /** A duration as text. */
  holdMs: string
  host: string
  port: number | null
  tls: MailTlsMode
  from: string
  /** Addresses, separated by commas or lines. */
  to: string
}

/** A channel as its form holds it; the names are the schema's. */
export type ChannelForm = {
  kind: ChannelKind
  name: string
  enabled: boolean
  settings: ChannelSettingsForm
  /** Of every kind; only those of the channel's own are sent. */
  secrets: Record<SecretKey, SecretForm>
}

const BLANK: ChannelSettingsForm = {
  form: 'json',
  chatId: '',
  template: '',
  contentType: 'application/json',
  baseUrl: '',
  user: '',
  labels: '',
  holdMs: '24h',
  host: '',
  port: 587,
  tls: 'starttls',
  from: '',
  to: '',
}

const EMPTY: SecretForm = { mode: 'none', secret: '', reference: '' }

/** The names of a kind's secrets. */
export const secretNamesOf = (kind: ChannelKind): SecretKey[] =>
  // The table's own keys.
  Object.keys(CHANNEL_SHAPES[kind].secrets) as SecretKey[]

const secretsOf = (kind: ChannelKind, form: (name: SecretKey) => SecretForm): ChannelForm['secrets'] => ({
  url: EMPTY,
  signingSecret: EMPTY,
  authorization: EMPTY,
  routingKey: EMPTY,
  credential: EMPTY,
  password: EMPTY,
  ...Object.fromEntries(secretNamesOf(kind).map((name) => [name, form(name)])),
})

/** Whether a channel of the kind cannot do without the secret. */
export const isNeeded = (kind: ChannelKind, name: string): boolean =>
  (CHANNEL_SHAPES[kind].required as readonly string[]).includes(name)

/** The form of a new channel of that kind. */
export const newChannelForm = (kind: ChannelKind): ChannelForm => ({
  kind,
  name: '',
  enabled: true,
  settings: { ...BLANK, baseUrl: kind === 'pagerduty' ? 'https://events.pagerduty.com' : '' },
  secrets: secretsOf(kind, (name) => ({ ...EMPTY, mode: isNeeded(kind, name) ? 'secret' : 'none' })),
})

/** The form of a channel as it is stored; a sealed secret is kept, as nobody can read it again. */
export function channelForm({ kind, name, enabled, settings, secrets }: ChannelConfig): ChannelForm {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))
  return {
    kind,
    name,
    enabled,
    settings: {
      ...BLANK,
      ...given,
      ...('labels' in given && { labels: textOfLabels(given.labels as Record<string, string>) }),
      ...('holdMs' in given && { holdMs: formatDuration(given.holdMs as number) }),
      ...('to' in given && { to: (given.to as string[]).join(', ') }),
    },
    secrets: secretsOf(kind, (secret) => storedSecret(secrets[secret])),
  }
}

function storedSecret(view: SecretView | undefined): SecretForm {
  if (view === undefined || !view.isSet) return EMPTY
  return view.reference === null
    ? { ...EMPTY, mode: 'keep' }
    : { ...EMPTY, mode: 'reference', reference: view.reference }
}

type SettingsInput = Readonly<Record<string, unknown>>

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const SETTINGS: { readonly [K in ChannelKind]: (form: ChannelSettingsForm) => SettingsInput } = {
  webhook: ({ form, chatId, template, contentType }) => ({
    form,
    chatId: form === 'telegram' ? orNull(chatId) : null,
    template: form === 'custom' && template.trim() !== '' ? template : null,
    contentType,
  }),
  slack: () => ({}),
  pagerduty: ({ baseUrl }) => ({ baseUrl: baseUrl.trim() }),
  alertmanager: ({ baseUrl, user, labels, holdMs }) => ({
    baseUrl: baseUrl.trim(),
    user: orNull(user),
    labels: labelsOf(labels),
    // What is no duration is no number either, which the schema complains of at the field.
    holdMs: parseDuration(holdMs) ?? Number.NaN,
  }),
  email: ({ host, port, tls, user, from, to }) => ({
    host: host.trim(),
    port,
    tls,
    user: orNull(user),
    from: from.trim(),
    to: to.split(/[\s,;]+/).filter((address) => address !== ''),
  }),
}

const settingsInput = ({ kind, settings }: ChannelForm): SettingsInput => SETTINGS[kind](settings)

/** The form as the server wants a new channel; the shared schema judges it. */
export const createChannelInput = (form: ChannelForm): CreateChannel =>
  // The schema decides whether it is one.
  ({
    kind: form.kind,
    name: form.name.trim(),
    enabled: form.enabled,
    settings: settingsInput(form),
    secrets: Object.fromEntries(
      secretNamesOf(form.kind).flatMap((name) => {
        const given = secretInput(form.secrets[name])
        return given === null || given === undefined ? [] : [[name, given]]
      }),
    ),
  }) as unknown as CreateChannel

/** What of the form the server wants as a change of the stored channel: only what differs. */
export function patchChannelInput(form: ChannelForm, before: ChannelForm, version: number): PatchChannel {
  const secrets = changedSecrets(form, before)
  const isOther = !sameJson(settingsInput(form), settingsInput(before))
  return {
    kind: form.kind,
    expectedVersion: version,
    ...(form.name.trim() !== before.name && { name: form.name.trim() }),
    ...(form.enabled !== before.enabled && { enabled: form.enabled }),
    ...(isOther && { settings: settingsInput(form) }),
    ...(Object.keys(secrets).length > 0 && { secrets }),
  } as unknown as PatchChannel
}

/** Whether saving the form would change nothing. */
export const isSameChannel = (form: ChannelForm, before: ChannelForm): boolean =>
  Object.keys(patchChannelInput(form, before, 0)).length === 2

/** Kept secrets that would go to another address than they were given for, and so are to be given again. */
export const secretsAtStake = (form: ChannelForm, before: ChannelForm): string[] =>
  secretsToGiveAgain({
    kind: form.kind,
    before: settingsInput(before),
    after: settingsInput(form),
    kept: secretNamesOf(form.kind).filter((name) => before.secrets[name].mode !== 'none'),
    given: Object.keys(changedSecrets(form, before)),
  })

/** The secrets that are given or taken away; with any change, what is named by a reference is given again. */
function changedSecrets(form: ChannelForm, before: ChannelForm): Record<string, unknown> {
  const isTouched = (name: SecretKey) => !sameJson(form.secrets[name], before.secrets[name])
  const names = secretNamesOf(form.kind)
  const isOther = names.some(isTouched) || !sameJson(settingsInput(form), settingsInput(before))
  return Object.fromEntries(
    names.flatMap((name) => {
      const secret = form.secrets[name]
      const given = secretInput(secret)
      const isSent = isTouched(name) || (isOther && secret.mode === 'reference')
      return given === undefined || !isSent ? [] : [[name, given]]
    }),
  )
}

/** Undefined keeps it, null takes it away. */
function secretInput({ mode, secret, reference }: SecretForm) {
  if (mode === 'keep') return undefined
  if (mode === 'none') return null
  return mode === 'secret' ? { secret } : { reference: reference.trim() }
}

/** What each field is called. */
export const CHANNEL_LABELS: Record<keyof ChannelForm, string> = {
  kind: 'Kind',
  name: 'Name',
  enabled: 'Enabled',
  settings: 'Settings',
  secrets: 'Secrets',
}
