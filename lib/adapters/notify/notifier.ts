import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import { OUTSIDE_ONLY, type TargetPolicy } from '#lib/domain/target-policy.ts'
import type { Notifier, OpenedOf } from '#lib/services/alerts/channel.ts'
import { createGuardedFetch } from '../http/guarded-fetch.ts'
import type { Resolve } from '../http/lookup.ts'
import { createTargetGuard } from '../http/target-guard.ts'
import type { ChannelAdapter, Ways } from './channel-adapter.ts'
import { CHANNELS } from './channels.ts'

/** Where each kind of channel may lead outside the internet; nowhere where nothing is said. */
export type ChannelTargets = Readonly<Partial<Record<ChannelKind, TargetPolicy>>>

type Options = {
  targets?: ChannelTargets
  /** Epoch ms by the wall clock: receivers compare signatures' times with theirs. */
  now: () => number
  httpMs?: number
  mailMs?: number
  /** Stands in for the system's name resolution. */
  resolve?: Resolve
}

/** How long an HTTP exchange may take, and a conversation with a mail server, of which some greet late on purpose. */
const HTTP_MS = 10_000
const MAIL_MS = 30_000

/** Tells by every kind of channel that there is. Kinds share no connections, as their policies differ. */
export function createNotifier({
  targets = {},
  now,
  httpMs = HTTP_MS,
  mailMs = MAIL_MS,
  resolve,
}: Options): Notifier {
  const closers: (() => Promise<void>)[] = []
  const ways = new Map<ChannelKind, Ways>()

  const waysOf = (kind: ChannelKind): Ways => {
    const known = ways.get(kind)
    if (known !== undefined) return known
    const policy = targets[kind] ?? OUTSIDE_ONLY
    const { fetch, close } = createGuardedFetch(policy, resolve)
    closers.push(close)
    const made = { fetch, guard: createTargetGuard(policy, resolve), now, httpMs, mailMs }
    ways.set(kind, made)
    return made
  }

  return {
    deliver: (channel, notification, run) =>
      adapterOf(channel).deliver(channel, { notification, ...run }, waysOf(channel.kind)),
    preview: (channel, notification) => adapterOf(channel).preview(channel, notification, now()),
    close: async () => {
      await Promise.all(closers.map((close) => close()))
    },
  }
}

const adapterOf = <K extends ChannelKind>({ kind }: OpenedOf<K>): ChannelAdapter<K> => CHANNELS[kind]
