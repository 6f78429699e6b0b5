import type { Author } from '#lib/domain/access/author.ts'
import type { ChannelState, CreateChannel, PatchChannel } from '#lib/contract/channel.ts'
import { AppError, notFound } from '#lib/domain/errors.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import type { Engine } from '../engine.ts'
import { carriedElsewhere, channelFaults } from './channel-faults.ts'
import { newChannel, patchedChannel } from './channel-of-input.ts'
import { presentChannel } from './present-channel.ts'
import type { ChannelRecord } from './records.ts'
import { saveAlerting } from './save-alerting.ts'

type Changed = { channel: ChannelState; persisted: boolean }

/** All channels with how they do, by name. */
export const readChannels = (engine: Engine): ChannelState[] =>
  [...engine.alerting.channels.values()]
    .map((channel) => presentChannel(engine, channel))
    .sort((a, b) => compareNames(a.name, b.name))

/** One channel. Throws `not_found`. */
export const readChannel = (engine: Engine, id: string): ChannelState =>
  presentChannel(engine, channelNamed(engine, id))

/** Adds a channel: rules that tell all channels tell it from now on. Throws `invalid_input`. */
export async function createChannel(engine: Engine, input: CreateChannel, author: Author): Promise<Changed> {
  const { alerting, clock, secrets, newId } = engine
  const id = input.id ?? newId()
  const isIdTaken = alerting.channels.has(id)
  refuse([
    ...(isIdTaken ? [{ path: 'id', message: `"${id}" is taken` }] : []),
    ...nameTaken(engine, input.name, null),
  ])
  const channel = newChannel(input, { id, secrets, now: clock.now() })
  alerting.channels.set(id, channel)
  const after = presentChannel(engine, channel)
  const persisted = await saveAlerting(
    engine,
    { channelsSaved: [channel] },
    {
      action: 'channel.create',
      entity: { type: 'channel', id },
      summary: `added channel ${input.name}`,
      author,
      after,
    },
  )
  return { channel: after, persisted }
}

/**
 * Changes a channel; a kept secret is never sent elsewhere than where it was given for. Throws `not_found`,
 * `invalid_input`, and `conflict` with the channel as it stands.
 */
export async function patchChannel(
  engine: Engine,
  id: string,
  { input, author }: { input: PatchChannel; author: Author },
): Promise<Changed> {
  const { alerting, clock, secrets } = engine
  const inForce = channelNamed(engine, id)
  const before = presentChannel(engine, inForce)
  if (input.expectedVersion !== inForce.version) {
    const facts = { currentVersion: inForce.version, current: before }
    throw new AppError('conflict', `Channel "${before.name}" was changed meanwhile.`, { facts })
  }
  const isOther = input.kind !== inForce.kind
  refuse([
    ...(isOther ? [{ path: 'kind', message: `it is ${inForce.kind}, and stays so` }] : []),
    ...(input.name === undefined ? [] : nameTaken(engine, input.name, id)),
  ])
  const channel = patchedChannel(inForce, input, { secrets, now: clock.now() })
  refuse([...channelFaults(channel), ...carriedElsewhere(inForce, channel, input)])
  alerting.channels.set(id, channel)
  if (!channel.enabled) alerting.outbox.drop(id, 'The channel was turned off.')
  const after = presentChannel(engine, channel)
  const persisted = await saveAlerting(
    engine,
    { channelsSaved: [channel] },
    {
      action: 'channel.change',
      entity: { type: 'channel', id },
      summary: `changed channel ${channel.name}`,
      author,
      before,
      after,
    },
  )
  return { channel: after, persisted }
}

/** Takes a channel out of force; what waits for it is given up. Throws `not_found`. */
export async function deleteChannel(
  engine: Engine,
  id: string,
  { input, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<{ persisted: boolean }> {
  const before = readChannel(engine, id)
  engine.alerting.channels.delete(id)
  engine.alerting.outbox.drop(id, 'The channel was deleted.')
  const persisted = await saveAlerting(
    engine,
    { channelsDeleted: [id] },
    {
      action: 'channel.delete',
      entity: { type: 'channel', id },
      summary: `deleted channel ${before.name}`,
      author,
      reason: input.reason ?? null,
      before,
    },
  )
  return { persisted }
}

/** The channel as it is kept. Throws `not_found`. */
export function channelNamed({ alerting }: Pick<Engine, 'alerting'>, id: string): ChannelRecord {
  const channel = alerting.channels.get(id)
  if (channel === undefined) throw notFound('channel', id)
  return channel
}

const nameTaken = ({ alerting }: Engine, name: string, ownId: string | null) =>
  [...alerting.channels.values()].some((channel) => channel.name === name && channel.id !== ownId)
    ? [{ path: 'name', message: `"${name}" is taken` }]
    : []

function refuse(fields: { path: string; message: string }[]): void {
  if (fields.length > 0) throw new AppError('invalid_input', 'The channel is not right.', { fields })
}
