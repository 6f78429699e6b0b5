import { onTestFinished } from 'vitest'
import { CHANNEL_SHAPES } from '#lib/contract/channel-kinds.ts'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import { notificationWith } from '#lib/domain/alerts/notification.fixture.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { INSIDE_TOO, type TargetPolicy } from '#lib/domain/target-policy.ts'
import type { OpenedChannel } from '#lib/services/alerts/channel.ts'
import type { Resolve } from '../http/lookup.ts'
import { createNotifier } from './notifier.ts'

/** A time that is no notification's. */
export const NOW = Date.UTC(2026, 10, 28, 10, 0, 5)

/** A channel with these settings, which the contract completes, and these secrets; the others are none. */
export function opened(
  kind: ChannelKind,
  secrets: Readonly<Record<string, string>> = {},
  settings: Readonly<Record<string, unknown>> = {},
): OpenedChannel {
  const { settings: schema, secrets: names } = CHANNEL_SHAPES[kind]
  const all: [string, string | null][] = Object.keys(names).map((name) => [name, secrets[name] ?? null])
  return { kind, settings: schema.parse(settings), secrets: Object.fromEntries(all) } as OpenedChannel
}

type Setup = { policy?: TargetPolicy; httpMs?: number; mailMs?: number; resolve?: Resolve; now?: number }

/** A notifier that may reach this machine, and ends with the test. */
export function notifier({ policy = INSIDE_TOO, now = NOW, ...rest }: Setup = {}) {
  const targets = { webhook: policy, slack: policy, pagerduty: policy, alertmanager: policy, email: policy }
  const made = createNotifier({ targets, now: () => now, ...rest })
  onTestFinished(() => made.close())
  return {
    ...made,
    /** One attempt with nobody to end it. */
    send: (
      channel: OpenedChannel,
      notification: Notification = notificationWith(),
      signal = new AbortController().signal,
    ) => made.deliver(channel, notification, { attempt: 1, signal }),
  }
}
