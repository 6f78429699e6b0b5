import { mutationOptions } from '@tanstack/react-query'
import { z } from 'zod'
import {
  type acknowledgeSchema,
  deliveryViewSchema,
  incidentChangedSchema,
  type incidentNoteSchema,
} from '#lib/contract/incident.ts'
import { type createSilenceSchema, silenceViewSchema } from '#lib/contract/silence.ts'
import { sendJson } from './api.ts'
import { incidentPath } from './incident-queries.ts'
import { refetch } from './mutations.ts'

const resentSchema = z.object({ delivery: deliveryViewSchema, persisted: z.boolean() })
const silencedSchema = z.object({ silence: silenceViewSchema, persisted: z.boolean() })
const endedSchema = z.object({ persisted: z.boolean() })

/** What can be done about incidents and silences; the screen changes when the server has answered. */
export const incidentMutations = {
  /** Says that somebody has seen it. */
  acknowledge: (id: string) =>
    mutationOptions({
      mutationKey: ['incidents', id, 'acknowledge'],
      mutationFn: async (body: z.input<typeof acknowledgeSchema>, { client }) => {
        const answer = await sendJson('POST', incidentPath(id, 'ack'), {
          body,
          schema: incidentChangedSchema,
        })
        refetch(client, 'incidents')
        return answer
      },
    }),

  /** Writes a note to its story. */
  note: (id: string) =>
    mutationOptions({
      mutationKey: ['incidents', id, 'note'],
      mutationFn: async (body: z.input<typeof incidentNoteSchema>, { client }) => {
        const answer = await sendJson('POST', incidentPath(id, 'notes'), {
          body,
          schema: incidentChangedSchema,
        })
        refetch(client, 'incidents')
        return answer
      },
    }),

  /** Tries a notification again that was given up. */
  resend: (deliveryId: string) =>
    mutationOptions({
      mutationKey: ['incidents', 'deliveries', deliveryId, 'resend'],
      mutationFn: async (_: undefined, { client }) => {
        const path = `/api/alerts/deliveries/${encodeURIComponent(deliveryId)}/resend`
        const answer = await sendJson('POST', path, { body: {}, schema: resentSchema })
        refetch(client, 'incidents')
        return answer
      },
    }),

  /** Silences alerts that match: once, or again and again. */
  createSilence: () =>
    mutationOptions({
      mutationKey: ['incidents', 'silences', 'create'],
      mutationFn: async (body: z.input<typeof createSilenceSchema>, { client }) => {
        const answer = await sendJson('POST', '/api/alerts/silences', { body, schema: silencedSchema })
        refetch(client, 'incidents')
        return answer
      },
    }),

  /** Ends a silence now. */
  endSilence: (id: string) =>
    mutationOptions({
      mutationKey: ['incidents', 'silences', id, 'end'],
      mutationFn: async (body: { reason?: string }, { client }) => {
        const path = `/api/alerts/silences/${encodeURIComponent(id)}`
        const answer = await sendJson('DELETE', path, { body, schema: endedSchema })
        refetch(client, 'incidents')
        return answer
      },
    }),
}
