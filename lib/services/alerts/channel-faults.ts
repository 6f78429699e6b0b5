import type { PatchChannel } from '#lib/contract/channel.ts'
import { CHANNEL_SHAPES } from '#lib/contract/channel-kinds.ts'
import { secretsToGiveAgain } from '#lib/domain/alerts/channel-destination.ts'
import type { ChannelRecord } from './records.ts'

type Fault = { path: string; message: string }

/** Secrets that a channel of this kind cannot do without, and has not. */
export const channelFaults = ({ kind, secrets }: Pick<ChannelRecord, 'kind' | 'secrets'>): Fault[] =>
  CHANNEL_SHAPES[kind].required
    .filter((name) => secrets[name] === undefined)
    .map((name) => ({ path: `secrets.${name}`, message: 'is needed' }))

/** Secrets that a change would send to another receiver than they were given for. */
export const carriedElsewhere = (before: ChannelRecord, after: ChannelRecord, patch: PatchChannel): Fault[] =>
  secretsToGiveAgain({
    kind: before.kind,
    before: settingsOf(before),
    after: settingsOf(after),
    kept: Object.keys(before.secrets),
    given: Object.entries(patch.secrets ?? {}).flatMap(([name, value]) => (value === undefined ? [] : name)),
  }).map((name) => ({
    path: `secrets.${name}`,
    message: 'it would be sent to another address than before: give it again, or remove it',
  }))

// Settings are kept as the contract's objects, which records of all kinds do not say.
const settingsOf = ({ settings }: ChannelRecord) => settings as Readonly<Record<string, unknown>>
