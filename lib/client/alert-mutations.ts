import { mutationOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { type createRuleSchema, type replaceRuleSchema, ruleConfigSchema } from '#lib/contract/alert-rule.ts'
import { backTestResultSchema, type backTestSchema } from '#lib/contract/back-test.ts'
import {
  channelStateSchema,
  channelTestSchema,
  type createChannelSchema,
  type patchChannelSchema,
} from '#lib/contract/channel.ts'
import { deliveryViewSchema } from '#lib/contract/incident.ts'
import { sendJson } from './api.ts'
import { refetch } from './mutations.ts'

/** What creating or changing a rule answers: the rule, and whether it is on disk yet. */
const savedRuleSchema = z.object({ rule: ruleConfigSchema, persisted: z.boolean() })
export type SavedRule = z.infer<typeof savedRuleSchema>

/** What creating or changing a channel answers: the channel, and whether it is on disk yet. */
const savedChannelSchema = z.object({ channel: channelStateSchema, persisted: z.boolean() })
export type SavedChannel = z.infer<typeof savedChannelSchema>

const deletedSchema = z.object({ persisted: z.boolean() })
const resentSchema = z.object({ delivery: deliveryViewSchema, persisted: z.boolean() })

const rulePath = (id: string) => `/api/alerts/rules/${encodeURIComponent(id)}`
const channelPath = (id: string) => `/api/alerts/channels/${encodeURIComponent(id)}`

/** Every change of alert rules and channels. None is optimistic. */
export const alertMutations = {
  createRule: () =>
    mutationOptions({
      mutationKey: ['alert-rules', 'create'],
      mutationFn: async (body: z.input<typeof createRuleSchema>, { client }) => {
        const saved = await sendJson('POST', '/api/alerts/rules', { body, schema: savedRuleSchema })
        refetch(client, 'alert-rules', 'events')
        return saved
      },
    }),

  replaceRule: (id: string) =>
    mutationOptions({
      mutationKey: ['alert-rules', id, 'replace'],
      mutationFn: async (body: z.input<typeof replaceRuleSchema>, { client }) => {
        const saved = await sendJson('PUT', rulePath(id), { body, schema: savedRuleSchema })
        refetch(client, 'alert-rules', 'events')
        return saved
      },
    }),

  deleteRule: (id: string) =>
    mutationOptions({
      mutationKey: ['alert-rules', id, 'delete'],
      mutationFn: async (body: { reason?: string }, { client }) => {
        const answer = await sendJson('DELETE', rulePath(id), { body, schema: deletedSchema })
        client.removeQueries({ queryKey: ['alert-rules', 'one', id] })
        refetch(client, 'alert-rules', 'events')
        return answer
      },
    }),

  /** Tries a rule over what was recorded, as it is given; changes nothing, and can be given up. */
  backTestRule: () =>
    mutationOptions({
      mutationKey: ['alert-rules', 'back-test'],
      mutationFn: ({ signal, ...body }: z.input<typeof backTestSchema> & { signal: AbortSignal }) =>
        sendJson('POST', '/api/alerts/rules/back-test', { body, schema: backTestResultSchema, signal }),
    }),

  createChannel: () =>
    mutationOptions({
      mutationKey: ['channels', 'create'],
      mutationFn: async (body: z.input<typeof createChannelSchema>, { client }) => {
        const saved = await sendJson('POST', '/api/alerts/channels', { body, schema: savedChannelSchema })
        refetch(client, 'channels', 'events')
        return saved
      },
      // What was typed as a secret must not outlive the form.
      gcTime: 0,
    }),

  patchChannel: (id: string) =>
    mutationOptions({
      mutationKey: ['channels', id, 'patch'],
      mutationFn: async (body: z.input<typeof patchChannelSchema>, { client }) => {
        const saved = await sendJson('PATCH', channelPath(id), { body, schema: savedChannelSchema })
        refetch(client, 'channels', 'events')
        return saved
      },
      gcTime: 0,
    }),

  deleteChannel: (id: string) =>
    mutationOptions({
      mutationKey: ['channels', id, 'delete'],
      mutationFn: async (body: { reason?: string }, { client }) => {
        const answer = await sendJson('DELETE', channelPath(id), { body, schema: deletedSchema })
        client.removeQueries({ queryKey: ['channels', 'one', id] })
        refetch(client, 'channels', 'events')
        return answer
      },
    }),

  /** Sends a test, once, and ends what it raised; answers with exactly what came back. */
  testChannel: (id: string) =>
    mutationOptions({
      mutationKey: ['channels', id, 'test'],
      mutationFn: () => sendJson('POST', `${channelPath(id)}/test`, { body: {}, schema: channelTestSchema }),
    }),

  /** Tries a notification again that was given up. */
  resendDelivery: () =>
    mutationOptions({
      mutationKey: ['channels', 'resend'],
      mutationFn: async (id: string, { client }) => {
        const path = `/api/alerts/deliveries/${encodeURIComponent(id)}/resend`
        const answer = await sendJson('POST', path, { body: {}, schema: resentSchema })
        refetch(client, 'channels', 'events')
        return answer
      },
    }),
}
