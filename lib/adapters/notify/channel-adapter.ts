import type { ChannelPreview, Delivery } from '#lib/contract/channel.ts'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import type { OpenedOf } from '#lib/services/alerts/channel.ts'
import type { GuardedFetch } from '../http/guarded-fetch.ts'
import type { TargetGuard } from '../http/target-guard.ts'

/** What one attempt is given besides the channel. */
export type Errand = { notification: Notification; attempt: number; signal: AbortSignal }

/** The ways out, each past the guard, and the time. */
export type Ways = {
  fetch: GuardedFetch['fetch']
  guard: TargetGuard
  /** Epoch ms. */
  now: () => number
  /** How long an HTTP exchange may take as a whole, and a conversation with a mail server. */
  httpMs: number
  mailMs: number
}

/** All that a kind of channel must be able to do. */
export type ChannelAdapter<K extends ChannelKind> = {
  deliver: (channel: OpenedOf<K>, errand: Errand, ways: Ways) => Promise<Delivery>
  preview: (channel: OpenedOf<K>, notification: Notification, now: number) => ChannelPreview
}

/** What is to be sent; or nothing, because there is nothing to say (`delivered`) or it cannot be said (`refused`). */
export type Draft<T> =
  { message: T; outcome: null; why: null } | { message: null; outcome: 'delivered' | 'refused'; why: string }

/** A draft that is to be sent. */
export const toSend = <T>(message: T): Draft<T> => ({ message, outcome: null, why: null })

/** Nothing to be sent, which is as good as delivered. */
export const nothingToSay = (why: string): Draft<never> => ({ message: null, outcome: 'delivered', why })

/** Nothing that could be sent until somebody changes the channel. */
export const cannotSend = (why: string): Draft<never> => ({ message: null, outcome: 'refused', why })

/** The delivery of what was not sent. */
export const unsent = ({ outcome, why }: { outcome: 'delivered' | 'refused'; why: string }): Delivery => ({
  outcome,
  status: null,
  answer: '',
  retryAfterMs: null,
  detail: why,
})
