import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import type { ResetCircuit, SetOverride } from '#lib/contract/circuit.ts'
import type { createProviderSchema, patchProviderSchema } from '#lib/contract/provider.ts'
import {
  settingsVersionSchema,
  type revertSettingsSchema,
  type saveSettingsSchema,
} from '#lib/contract/settings.ts'
import { sendJson } from './api.ts'
import { checkNow, releaseOverride, resetCircuit, setOverride, type CircuitAddress } from './commands.ts'
import { savedProviderSchema } from './saved-provider.ts'

/** Asks again for everything under these keys; nobody waits for it, the command itself is already confirmed. */
export function refetch(client: QueryClient, ...prefixes: readonly string[]) {
  for (const prefix of prefixes) void client.invalidateQueries({ queryKey: [prefix] })
}

const refetchCircuits = (client: QueryClient) =>
  refetch(client, 'circuits', 'monitor', 'providers', 'events', 'routing')
const refetchProviders = (client: QueryClient) =>
  refetch(client, 'providers', 'monitor', 'settings', 'circuits', 'events', 'routing')

const providerPath = (id: string) => `/api/providers/${encodeURIComponent(id)}`

/** Every change an operator can make. None is optimistic: the screen changes when the server has answered. */
export const mutations = {
  setOverride: (address: CircuitAddress) =>
    mutationOptions({
      mutationKey: ['circuits', address.providerId, 'override', 'set', address.model],
      mutationFn: async (body: SetOverride, { client }) => {
        const answer = await setOverride(address, body)
        refetchCircuits(client)
        return answer
      },
    }),

  releaseOverride: (address: CircuitAddress) =>
    mutationOptions({
      mutationKey: ['circuits', address.providerId, 'override', 'release', address.model],
      mutationFn: async ({ reason }: { reason?: string | undefined }, { client }) => {
        const answer = await releaseOverride(address, reason)
        refetchCircuits(client)
        return answer
      },
    }),

  resetCircuit: (address: CircuitAddress) =>
    mutationOptions({
      mutationKey: ['circuits', address.providerId, 'reset', address.model],
      mutationFn: async (body: ResetCircuit, { client }) => {
        const answer = await resetCircuit(address, body)
        refetchCircuits(client)
        return answer
      },
    }),

  /** Runs the provider's probe once, in any state; answers with the check. */
  checkNow: () =>
    mutationOptions({
      mutationKey: ['providers', 'check'],
      mutationFn: async (providerId: string, { client }) => {
        const check = await checkNow(providerId)
        refetch(client, 'providers', 'monitor', 'recent')
        return check
      },
    }),

  createProvider: () =>
    mutationOptions({
      mutationKey: ['providers', 'create'],
      mutationFn: async (body: z.input<typeof createProviderSchema>, { client }) => {
        const saved = await sendJson('POST', '/api/providers', { body, schema: savedProviderSchema })
        refetchProviders(client)
        return saved
      },
    }),

  updateProvider: (id: string) =>
    mutationOptions({
      mutationKey: ['providers', id, 'update'],
      mutationFn: async (body: z.input<typeof patchProviderSchema>, { client }) => {
        const saved = await sendJson('PATCH', providerPath(id), { body, schema: savedProviderSchema })
        refetchProviders(client)
        return saved
      },
    }),

  deleteProvider: (id: string) =>
    mutationOptions({
      mutationKey: ['providers', id, 'delete'],
      mutationFn: async (body: { reason?: string }, { client }) => {
        const answer = await sendJson('DELETE', providerPath(id), { body, schema: deletedSchema })
        client.removeQueries({ queryKey: ['providers', id] })
        refetchProviders(client)
        return answer
      },
    }),

  saveSettings: () =>
    mutationOptions({
      mutationKey: ['settings', 'save'],
      mutationFn: async (body: z.input<typeof saveSettingsSchema>, { client }) => {
        const version = await sendJson('PUT', '/api/settings', { body, schema: settingsVersionSchema })
        refetch(client, 'settings', 'providers', 'circuits', 'monitor', 'events')
        return version
      },
    }),

  revertSettings: () =>
    mutationOptions({
      mutationKey: ['settings', 'revert'],
      mutationFn: async (body: z.input<typeof revertSettingsSchema>, { client }) => {
        const version = await sendJson('POST', '/api/settings/revert', {
          body,
          schema: settingsVersionSchema,
        })
        refetch(client, 'settings', 'providers', 'circuits', 'monitor', 'events')
        return version
      },
    }),
}

const deletedSchema = z.object({ persisted: z.boolean() })
