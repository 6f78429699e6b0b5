import type { SecretView } from '#lib/contract/channel.ts'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import { isNeeded, type SecretForm } from './channel-form.ts'

type Facts = { label: string; hint: string }

const SECRET_FACTS: { readonly [K in ChannelKind]: Readonly<Record<string, Facts>> } = {
  webhook: {
    url: { label: 'Address', hint: 'Who knows it can write there, so it is a secret as a whole' },
    signingSecret: { label: 'Signing secret', hint: 'whsec_ and the base64 of 24 to 64 bytes' },
    authorization: { label: 'Authorization header', hint: 'Its whole value, such as Bearer and a token' },
  },
  slack: { url: { label: 'Address', hint: 'Of an incoming webhook: https://hooks.slack.com/services/…' } },
  pagerduty: {
    routingKey: { label: 'Integration key', hint: '32 letters and digits, of an Events API v2 integration' },
  },
  alertmanager: {
    credential: { label: 'Credential', hint: 'The user’s password; without a user, a bearer token' },
  },
  email: { password: { label: 'Password', hint: 'Of the user at the mail server' } },
}

/** How a secret is called and what it is. */
export const secretFacts = (kind: ChannelKind, name: string): Facts =>
  SECRET_FACTS[kind][name] ?? { label: name, hint: '' }

/** A sealed secret as it may be shown: dots and its last four characters. */
const sealedWords = ({ last4 }: SecretView): string =>
  last4 === null || last4 === '' ? '••••' : `•••• ${last4}`

/** Whether there is a secret that nobody can read again. */
export const isSealed = (view: SecretView | null): boolean =>
  view !== null && view.isSet && view.reference === null

/** What can be done about a secret, with what is stored of it; null for a new channel. */
export function secretChoices(
  kind: ChannelKind,
  name: string,
  view: SecretView | null,
): { value: SecretForm['mode']; label: string }[] {
  const kept = view !== null && isSealed(view) ? `Keep ${sealedWords(view)}` : null
  return [
    ...(kept === null ? [] : [{ value: 'keep' as const, label: kept }]),
    { value: 'secret', label: kept === null ? 'Enter it' : 'Replace' },
    { value: 'reference', label: 'By reference' },
    ...(isNeeded(kind, name)
      ? []
      : [{ value: 'none' as const, label: view?.isSet === true ? 'Remove' : 'None' }]),
  ]
}
