import type { ChannelState, Delivery } from '#lib/contract/channel.ts'
import type { ChannelKind, MailTlsMode, WebhookForm } from '#lib/domain/alerts/channel.ts'
import { plural } from './format.ts'
import { nameList } from './name-list.ts'
import { secretFacts } from './secret-words.ts'

/** How a kind is called, and what it is for. */
export const CHANNEL_KIND_FACTS: Record<ChannelKind, { label: string; note: string }> = {
  webhook: { label: 'Webhook', note: 'Your own server, Teams, Discord, Telegram, ntfy, or any other form' },
  slack: { label: 'Slack', note: 'A channel, by an incoming webhook' },
  pagerduty: { label: 'PagerDuty', note: 'Triggers, acknowledges and resolves, by Events API v2' },
  alertmanager: { label: 'Alertmanager', note: 'Prometheus’ routing as it is set up there' },
  email: { label: 'E-mail', note: 'A mail to some people, by your own server' },
}

/** What a webhook can send. */
export const WEBHOOK_FORM_FACTS: Record<WebhookForm, { label: string; note: string }> = {
  json: { label: 'Switchyard’s own', note: 'JSON with all there is; signed, with a signing secret' },
  teams: { label: 'Microsoft Teams', note: 'An Adaptive Card for a workflow that takes webhook requests' },
  discord: { label: 'Discord', note: 'An embed; it mentions nobody' },
  telegram: { label: 'Telegram', note: 'Plain text to a chat, by a bot’s sendMessage address' },
  ntfy: { label: 'ntfy', note: 'A notification to a topic, with priority and link' },
  custom: { label: 'A template of your own', note: 'Whatever the receiver wants, as JSON or text' },
}

export const TLS_WORDS: Record<MailTlsMode, string> = {
  starttls: 'STARTTLS, before anything is said',
  implicit: 'TLS from the first byte',
  none: 'None, and no password',
}

const FIELD_LABELS: Readonly<Record<string, string>> = {
  name: 'Name',
  enabled: 'Enabled',
  'settings.form': 'Form',
  'settings.chatId': 'Chat',
  'settings.template': 'Template',
  'settings.baseUrl': 'Address',
  'settings.user': 'User',
  'settings.labels': 'Labels',
  'settings.holdMs': 'Hold for',
  'settings.host': 'Server',
  'settings.port': 'Port',
  'settings.tls': 'TLS',
  'settings.from': 'From',
  'settings.to': 'To',
}

/** A field's label by the path of a complaint about it: `settings.to.1` is `To`, `secrets.url` what that one is called. */
export function channelFieldLabel(kind: ChannelKind, path: string): string {
  const [first = '', second = ''] = path.split('.')
  const secret = first === 'secrets' ? secretFacts(kind, second).label : undefined
  return secret ?? FIELD_LABELS[first] ?? FIELD_LABELS[`${first}.${second}`] ?? path
}

/** Where a channel leads, in words that tell no secret. */
export function whereWords({ kind, settings }: Pick<ChannelState, 'kind' | 'settings'>): string {
  const { label } = CHANNEL_KIND_FACTS[kind]
  if (kind === 'webhook') {
    const form = WEBHOOK_FORM_FACTS[settings.form as WebhookForm]
    return `${label} · ${form.label}`
  }
  if (kind === 'email') return `${label} · ${nameList(settings.to as string[], 2)}`
  return typeof settings.baseUrl === 'string' ? `${label} · ${settings.baseUrl}` : label
}

/** How a channel does, by its last attempt and what waits. */
export type ChannelHealthView = {
  state: 'healthy' | 'degraded' | 'unhealthy' | 'unknown' | 'disabled'
  /** One line. */
  text: string
  /** Until when nothing is tried, ISO; null where there is no pause. */
  pausedUntil: string | null
  /** When it was tried last, ISO; null for never since the start. */
  lastAt: string | null
}

/** How a channel does, in a line. */
export function channelHealth({
  enabled,
  health,
}: Pick<ChannelState, 'enabled' | 'health'>): ChannelHealthView {
  const { waiting, failures, last } = health
  const facts = { pausedUntil: health.pausedUntil, lastAt: last?.at ?? null }
  if (!enabled) return { ...facts, state: 'disabled', text: 'turned off' }
  const queue = waiting === 0 ? [] : [`${waiting} waiting`]
  const words = (first: string, ...more: string[]) => [first, ...more, ...queue].join(' · ')
  if (last === null) return { ...facts, state: 'unknown', text: words('nothing sent yet') }
  if (last.result.outcome === 'delivered')
    return { ...facts, state: 'healthy', text: words(answerWords(last.result)) }
  const state = last.result.outcome === 'refused' || failures >= 3 ? 'unhealthy' : 'degraded'
  return { ...facts, state, text: words(answerWords(last.result), `${plural(failures, 'failure')} in a row`) }
}

const OUTCOME_WORDS: Record<Delivery['outcome'], string> = {
  delivered: 'delivered',
  retry: 'did not get through',
  refused: 'refused',
}

/** What came of an attempt, with its status: `refused · 404`. */
export const answerWords = ({ outcome, status }: Delivery): string =>
  status === null ? OUTCOME_WORDS[outcome] : `${OUTCOME_WORDS[outcome]}, ${status}`
