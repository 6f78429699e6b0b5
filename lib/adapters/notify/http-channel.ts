import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { isSecretHeader } from '#lib/domain/secret-header.ts'
import { MASKED } from '#lib/domain/redact-secrets.ts'
import type { OpenedOf } from '#lib/services/alerts/channel.ts'
import { type ChannelAdapter, type Draft, unsent } from './channel-adapter.ts'
import { maskSecrets, secretsIn } from './channel-secrets.ts'
import { type HttpMessage, postMessage } from './post-message.ts'

/** What of an attempt may change a request: when it is made, and which it is. */
type Moment = { now: number; attempt: number }

type DraftOf<K extends ChannelKind> = (
  channel: OpenedOf<K>,
  notification: Notification,
  moment: Moment,
) => Draft<HttpMessage>

const USER_AGENT = { 'user-agent': 'switchyard' }

/** A channel that is one HTTP POST: all that its kind must say is what is posted. */
export function httpChannel<K extends ChannelKind>(draftOf: DraftOf<K>): ChannelAdapter<K> {
  return {
    deliver: async (channel, { notification, attempt, signal }, ways) => {
      const draft = draftOf(channel, notification, { now: ways.now(), attempt })
      if (draft.message === null) return unsent(draft)
      const { message } = draft
      const whole = { ...message, headers: { ...USER_AGENT, ...message.headers } }
      return postMessage(whole, { secrets: secretsIn(channel.secrets, whole.headers), signal, ways })
    },
    preview: (channel, notification, now) => {
      const { message, why } = draftOf(channel, notification, { now, attempt: 1 })
      if (message === null) return { request: null, detail: why }
      const headers = Object.entries({ ...USER_AGENT, ...message.headers }).map(([name, value]) => [
        name,
        isSecretHeader(name) ? MASKED : value,
      ])
      const { secrets } = channel
      return {
        request: {
          method: 'POST',
          url: maskSecrets(message.url, secrets),
          headers: Object.fromEntries(headers) as Record<string, string>,
          body: maskSecrets(message.body, secrets),
          html: null,
        },
        detail: null,
      }
    },
  }
}
