import type { ChannelPreview, Delivery } from '#lib/contract/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import type { ChannelOpener, Notifier, StoredChannel } from './channel.ts'

/** Tells stored channels: their secrets are opened for each use and forgotten again. */
export type ChannelDoor = {
  deliver: (
    channel: StoredChannel,
    notification: Notification,
    run: { attempt: number; signal: AbortSignal },
  ) => Promise<Delivery>
  preview: (channel: StoredChannel, notification: Notification) => Promise<ChannelPreview>
}

/** The door through which everything goes out to channels. */
export const channelDoor = (notifier: Notifier, open: ChannelOpener): ChannelDoor => ({
  deliver: async (stored, notification, run) => {
    const { channel, fault } = await open(stored)
    if (channel === null)
      // Somebody may put the secret back where the reference looks for it.
      return { outcome: 'retry', status: null, answer: '', retryAfterMs: null, detail: fault }
    return notifier.deliver(channel, notification, run)
  },
  preview: async (stored, notification) => {
    const { channel, fault } = await open(stored)
    return channel === null ? { request: null, detail: fault } : notifier.preview(channel, notification)
  },
})
