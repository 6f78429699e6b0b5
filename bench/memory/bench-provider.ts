import { plainProvider } from '#lib/domain/plain-provider.fixture.ts'
import type { Provider } from '#lib/domain/provider.ts'

/** The id that the bench's providers have by their number. */
export const providerId = (index: number) => `bench-${String(index).padStart(4, '0')}`

/** A provider of the bench, as it stands in the database. */
export const benchProvider = (index: number, { baseUrl, now }: { baseUrl: string; now: number }): Provider =>
  plainProvider(providerId(index), { baseUrl, createdAt: now, updatedAt: now })
