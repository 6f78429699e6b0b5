import type { ChannelPreview, ChannelSettings, Delivery, SecretName } from '#lib/contract/channel.ts'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import type { KeySource } from '#lib/domain/provider.ts'

/** A channel of one kind with its secrets opened, as it is used; null for a secret that it has none of. */
export type OpenedOf<K extends ChannelKind> = {
  kind: K
  settings: ChannelSettings<K>
  secrets: Readonly<Record<SecretName<K>, string | null>>
}
/** A channel with its secrets opened. Never kept, never logged. */
export type OpenedChannel = { [K in ChannelKind]: OpenedOf<K> }[ChannelKind]

/** A channel as it is kept: settings as they were saved, each secret sealed or named by a reference. */
export type StoredChannel = {
  id: string
  kind: ChannelKind
  settings: unknown
  secrets: Readonly<Record<string, KeySource>>
}

/** Opens a stored channel for one use. `fault` says in a sentence why it cannot be used. */
export type ChannelOpener = (
  stored: StoredChannel,
) => Promise<{ channel: OpenedChannel; fault: null } | { channel: null; fault: string }>

/** Tells the world. Never throws for what is expected: that is in the `Delivery`. */
export type Notifier = {
  /**
   * One attempt. `attempt` counts from 1. Every attempt for the same notification has the same identity at the receiver:
   * id, dedup key or Message-ID.
   */
  deliver: (
    channel: OpenedChannel,
    notification: Notification,
    run: { attempt: number; signal: AbortSignal },
  ) => Promise<Delivery>
  /** Exactly what the first attempt would send, save for secrets. */
  preview: (channel: OpenedChannel, notification: Notification) => ChannelPreview
  /** Ends all connections. */
  close: () => Promise<void>
}
