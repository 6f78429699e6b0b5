import type { CreateChannel, PatchChannel } from '#lib/contract/channel.ts'
import type { KeySource } from '#lib/domain/provider.ts'
import { lastFour } from '../provider-of-input.ts'
import type { Secrets } from '../ports.ts'
import type { ChannelRecord } from './records.ts'

type Facts = { secrets: Secrets; now: number }
type GivenSecrets = Readonly<Record<string, { secret: string } | { reference: string } | null | undefined>>

/** A channel of what was given, its secrets sealed. */
export function newChannel(
  input: CreateChannel,
  { id, secrets, now }: Facts & { id: string },
): ChannelRecord {
  return {
    id,
    name: input.name,
    kind: input.kind,
    enabled: input.enabled ?? true,
    settings: input.settings,
    secrets: sealAll(input.secrets, {}, secrets),
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

/** The channel with the given fields changed; a secret that is left out stays, null takes it away. */
export function patchedChannel(
  before: ChannelRecord,
  patch: PatchChannel,
  { secrets, now }: Facts,
): ChannelRecord {
  return {
    ...before,
    name: patch.name ?? before.name,
    enabled: patch.enabled ?? before.enabled,
    settings: patch.settings ?? before.settings,
    secrets: sealAll(patch.secrets ?? {}, before.secrets, secrets),
    version: before.version + 1,
    updatedAt: now,
  }
}

function sealAll(
  given: GivenSecrets,
  before: ChannelRecord['secrets'],
  secrets: Secrets,
): Record<string, KeySource> {
  const after = new Map(Object.entries(before))
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (value === null) after.delete(name)
    else after.set(name, sourceOf(value, secrets))
  }
  return Object.fromEntries(after)
}

const sourceOf = (value: { secret: string } | { reference: string }, secrets: Secrets): KeySource =>
  'reference' in value
    ? { type: 'reference', reference: value.reference }
    : { type: 'sealed', sealed: secrets.seal(value.secret), last4: lastFour(value.secret) }
