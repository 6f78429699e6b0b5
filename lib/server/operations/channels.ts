import { z } from 'zod'
import {
  channelPreviewSchema,
  channelStateSchema,
  channelTestSchema,
  createChannelSchema,
  patchChannelSchema,
} from '#lib/contract/channel.ts'
import { pageOf } from '#lib/contract/check.ts'
import { deliveryViewSchema } from '#lib/contract/incident.ts'
import { operation } from '../operation.ts'
import { deletion } from './deletion.ts'
import { pageShape } from './queries.ts'

const params = z.object({ id: z.string().meta({ description: "The channel's id." }) })
const changed = z.object({ channel: channelStateSchema, persisted: z.boolean() })

export const readChannels = operation({
  method: 'GET',
  path: '/api/alerts/channels',
  access: 'console.read',
  tag: 'alerts',
  summary: 'All channels without their secrets, and how they do.',
  query: z.object(pageShape),
  answer: pageOf(channelStateSchema),
})

export const createChannel = operation({
  method: 'POST',
  path: '/api/alerts/channels',
  access: 'alerts.write',
  tag: 'alerts',
  summary: 'Adds a channel; rules that tell all channels tell it from now on.',
  body: createChannelSchema,
  answer: changed,
  status: 201,
  mayBePending: true,
  idempotent: true,
})

export const readChannel = operation({
  method: 'GET',
  path: '/api/alerts/channels/{id}',
  access: 'console.read',
  tag: 'alerts',
  summary: 'One channel.',
  params,
  answer: channelStateSchema,
  errors: ['not_found'],
})

export const patchChannel = operation({
  method: 'PATCH',
  path: '/api/alerts/channels/{id}',
  access: 'alerts.write',
  tag: 'alerts',
  summary: 'Changes a channel; a secret that is left out stays.',
  params,
  body: patchChannelSchema,
  answer: changed,
  mayBePending: true,
  errors: ['not_found', 'conflict'],
})

export const deleteChannel = operation({
  ...deletion,
  path: '/api/alerts/channels/{id}',
  access: 'alerts.write',
  tag: 'alerts',
  summary: 'Takes a channel out of force; what waits for it is given up.',
  params,
})

export const testChannel = operation({
  method: 'POST',
  path: '/api/alerts/channels/{id}/test',
  access: 'alerts.write',
  tag: 'alerts',
  summary:
    'Sends a test, once, and tells what was answered; where it raises an alarm that stays, also that it is over.',
  params,
  answer: channelTestSchema,
  errors: ['not_found'],
})

export const previewChannel = operation({
  method: 'GET',
  path: '/api/alerts/channels/{id}/preview',
  access: 'console.read',
  tag: 'alerts',
  summary: 'What a test would send, without secrets.',
  params,
  answer: channelPreviewSchema,
  errors: ['not_found'],
})

export const readDeliveries = operation({
  method: 'GET',
  path: '/api/alerts/deliveries',
  access: 'console.read',
  tag: 'alerts',
  summary: 'Notifications by what became of them, newest first.',
  query: z.object({
    state: z.enum(['waiting', 'delivered', 'dead']),
    channelId: z.string().min(1).max(200).optional(),
    ...pageShape,
  }),
  answer: pageOf(deliveryViewSchema),
})

export const resendDelivery = operation({
  method: 'POST',
  path: '/api/alerts/deliveries/{id}/resend',
  access: 'incidents.command',
  tag: 'alerts',
  summary: 'Tries a notification again that was given up.',
  params: z.object({ id: z.string().meta({ description: "The delivery's id." }) }),
  answer: z.object({ delivery: deliveryViewSchema, persisted: z.boolean() }),
  mayBePending: true,
  errors: ['not_found', 'conflict'],
})
