import { z } from 'zod'
import type { Channel as ChannelRow, Prisma } from '#prisma/generated/client.ts'
import { CHANNEL_KINDS } from '#lib/domain/alerts/channel.ts'
import type { ChannelRecord } from '#lib/services/alerts/records.ts'
import { keySourceSchema } from './provider-rows.ts'
import { json, storedTime, timeValue } from './stored-values.ts'

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  enabled: z.boolean(),
  // Parsed where the channel is used: one whose settings are not understood any more is there still, and says so.
  settings: z.unknown(),
  secrets: z.record(z.string(), keySourceSchema),
  version: z.int(),
  createdAt: storedTime,
  updatedAt: storedTime,
})

/** A channel as its row. */
export const channelRow = (channel: ChannelRecord): Prisma.ChannelCreateInput => ({
  ...channel,
  settings: json(channel.settings),
  secrets: json(channel.secrets),
  createdAt: timeValue(channel.createdAt),
  updatedAt: timeValue(channel.updatedAt),
})

/** The channel that a row stands for. Throws when the row is not one. */
export const channelOfRow = (row: ChannelRow): ChannelRecord => rowSchema.parse(row)
