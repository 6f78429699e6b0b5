import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import { alertmanager } from './alertmanager.ts'
import type { ChannelAdapter } from './channel-adapter.ts'
import { email } from './email.ts'
import { pagerduty } from './pagerduty.ts'
import { slack } from './slack.ts'
import { webhook } from './webhook.ts'

/** Every kind of channel. A kind that is missing here does not compile. */
export const CHANNELS: { readonly [K in ChannelKind]: ChannelAdapter<K> } = {
  webhook,
  slack,
  pagerduty,
  alertmanager,
  email,
}
