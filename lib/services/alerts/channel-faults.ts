import { CHANNEL_SHAPES } from '#lib/contract/channel-kinds.ts'
import type { ChannelRecord } from './records.ts'

/** Secrets that a channel of this kind cannot do without, and has not. */
export const channelFaults = ({ kind, secrets }: Pick<ChannelRecord, 'kind' | 'secrets'>) =>
  CHANNEL_SHAPES[kind].required
    .filter((name) => secrets[name] === undefined)
    .map((name) => ({ path: `secrets.${name}`, message: 'is needed' }))
