import type { ChannelState, SecretView } from '#lib/contract/channel.ts'
import { CHANNEL_SHAPES } from '#lib/contract/channel-kinds.ts'
import type { KeySource } from '#lib/domain/provider.ts'
import type { Engine } from '../engine.ts'
import { iso } from '../present/time.ts'
import type { ChannelRecord } from './records.ts'

/** A channel as it is read, without its secrets, and how it does. */
export function presentChannel({ alerting, clock }: Engine, channel: ChannelRecord): ChannelState {
  const names = Object.keys(CHANNEL_SHAPES[channel.kind].secrets)
  const { waiting, failures, pausedUntil, last } = alerting.outbox.health(channel.id)
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.kind,
    enabled: channel.enabled,
    settings: { ...(channel.settings as Record<string, unknown>) },
    secrets: Object.fromEntries(names.map((name) => [name, secretView(channel.secrets[name])])),
    version: channel.version,
    createdAt: iso(channel.createdAt),
    updatedAt: iso(channel.updatedAt),
    health: {
      asOf: iso(clock.now()),
      waiting,
      failures,
      pausedUntil: pausedUntil === null ? null : iso(pausedUntil),
      last: last === null ? null : { at: iso(last.at), result: last.result },
    },
  }
}

const secretView = (source: KeySource | undefined): SecretView => ({
  isSet: source !== undefined && source.type !== 'none',
  last4: source?.type === 'sealed' ? source.last4 : null,
  reference: source?.type === 'reference' ? source.reference : null,
})
