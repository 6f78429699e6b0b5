import { z } from 'zod'
import { providerConfigSchema } from '#lib/contract/provider.ts'

/** What creating or changing a provider answers: its configuration, and whether it is on disk yet. */
export const savedProviderSchema = z.object({ provider: providerConfigSchema, persisted: z.boolean() })
export type SavedProvider = z.infer<typeof savedProviderSchema>
