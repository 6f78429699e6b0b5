import type { z } from 'zod'
import { pageOf } from '#lib/contract/check.ts'
import { routingStateSchema } from '#lib/contract/decision.ts'
import { type CreateProvider, providerConfigSchema } from '#lib/contract/provider.ts'
import { routeConfigSchema } from '#lib/contract/route.ts'
import { settingsVersionSchema } from '#lib/contract/settings.ts'
import { demoSettings } from './demo-settings.ts'
import type { SimulatedProvider } from './providers.ts'
import { DEMO_ROUTES } from './routes.ts'

/** A simulated provider and where it listens. */
export type Registrant = { provider: SimulatedProvider; baseUrl: string }

/**
 * Makes the console know the fleet, through its HTTP API: creates what is missing, moves what listens elsewhere now,
 * leaves everything else as it is. Thresholds are set only where no provider was known. Rejects with the console's words.
 */
export async function registerFleet(consoleUrl: string, fleet: readonly Registrant[]): Promise<void> {
  const { read, change } = caller(consoleUrl)
  const known = (await read('/api/providers', pageOf(providerConfigSchema))).items
  if (known.length === 0) {
    const { version, settings } = await read('/api/settings', settingsVersionSchema)
    const reason = 'a quicker pulse for the demo'
    const body = { settings: demoSettings(settings), expectedVersion: version, reason }
    await change({ method: 'PUT', path: '/api/settings', body })
  }
  for (const registrant of fleet) {
    const old = known.find(({ id }) => id === registrant.provider.id)
    if (old === undefined) {
      await change({ method: 'POST', path: '/api/providers', body: registration(registrant) })
    } else if (old.baseUrl !== registrant.baseUrl) {
      const body = { expectedVersion: old.version, baseUrl: registrant.baseUrl }
      await change({ method: 'PATCH', path: `/api/providers/${old.id}`, body })
    }
  }
}

/** Makes the demo's routes where the console has none; the whole fleet must be registered. Rejects with the console's words. */
export async function registerRoutes(consoleUrl: string): Promise<void> {
  const { read, change } = caller(consoleUrl)
  const routes = await read('/api/routes', pageOf(routeConfigSchema))
  if (routes.items.length > 0) return
  for (const body of DEMO_ROUTES) await change({ method: 'POST', path: '/api/routes', body })
}

/** Where the console's gateway listens; null while it is off. */
export const readGatewayUrl = async (consoleUrl: string): Promise<string | null> =>
  (await caller(consoleUrl).read('/api/routing', routingStateSchema)).gatewayUrl

/** What a simulated provider is registered with. */
export function registration({ provider, baseUrl }: Registrant): CreateProvider {
  const { id, apiKey } = provider
  return { id, baseUrl, ...(apiKey === null ? {} : { apiKey }), ...provider.registration }
}

type Change = { method: 'POST' | 'PUT' | 'PATCH'; path: string; body: unknown }

/** The two ways to talk to the console: read what a schema describes, and change something. */
function caller(consoleUrl: string) {
  const call = async ({ method, path, body }: Change | { method: 'GET'; path: string; body: undefined }) => {
    const response = await fetch(`${consoleUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
    return text
  }
  return {
    read: async <Schema extends z.ZodType>(path: string, schema: Schema) =>
      schema.parse(JSON.parse(await call({ method: 'GET', path, body: undefined }))),
    change: (change: Change) => call(change),
  }
}
