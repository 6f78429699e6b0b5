import type { WebhookForm } from '#lib/domain/alerts/channel.ts'
import { templateValues } from '#lib/domain/alerts/template-values.ts'
import { cannotSend, toSend } from './channel-adapter.ts'
import { httpChannel } from './http-channel.ts'
import { customForm } from './webhook/custom-form.ts'
import { discordForm } from './webhook/discord-form.ts'
import type { Filled, FormInput } from './webhook/form.ts'
import { jsonForm } from './webhook/json-form.ts'
import { ntfyForm } from './webhook/ntfy-form.ts'
import { webhookHeaders } from './webhook/signature.ts'
import { teamsForm } from './webhook/teams-form.ts'
import { telegramForm } from './webhook/telegram-form.ts'

const FORMS: Readonly<Record<WebhookForm, (input: FormInput) => Filled | null>> = {
  json: jsonForm,
  teams: teamsForm,
  discord: discordForm,
  telegram: telegramForm,
  ntfy: ntfyForm,
  custom: customForm,
}

/** A POST to an address of somebody's own, in the form it reads, signed as Standard Webhooks signs. */
export const webhook = httpChannel<'webhook'>(({ settings, secrets }, notification, { now, attempt }) => {
  if (secrets.url === null) return cannotSend('The address is not set.')
  const filled = FORMS[settings.form]({ notification, values: templateValues(notification), settings })
  if (filled === null) return cannotSend('The template does not make a body of this notification.')
  const signed = { id: notification.id, at: now, body: filled.body }
  const signature = webhookHeaders(signed, secrets.signingSecret)
  if (signature === null)
    return cannotSend('The signing secret is not whsec_ and the base64 of 24 to 64 bytes.')
  const { authorization } = secrets
  const headers = {
    ...filled.headers,
    ...signature,
    'switchyard-attempt': String(attempt),
    ...(authorization === null ? {} : { authorization }),
  }
  return toSend({ url: secrets.url, headers, body: filled.body })
})
