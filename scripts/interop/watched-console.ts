import { type Fleet, startFleet } from '#demo/fleet.ts'
import { SIMULATED_PROVIDERS } from '#demo/providers.ts'
import { registration } from '#demo/register.ts'
import { type Console, prepareConsole } from '#e2e/console.ts'

const PROVIDERS = SIMULATED_PROVIDERS.slice(0, 3)
const MADE_UP_PASSWORD = 'correct horse battery staple interop'

/** A console in which people sign in, with simulated providers that it checks, and a key for who watches it. */
export type WatchedConsole = {
  url: string
  providerIds: readonly string[]
  /** An API key for the purpose `metrics`. */
  metricsKey: string
  /** All metrics, as the key gets them. */
  metrics: (accept: string) => Promise<string>
  /** Calls the API as the administrator; rejects on a refusal. */
  asAdministrator: (method: string, path: string, body?: unknown) => Promise<unknown>
  stop: () => Promise<void>
}

/** Starts the console and the fleet, and waits for the first check of each provider. */
export async function startWatchedConsole(): Promise<WatchedConsole> {
  const fleet = await startFleet({ seed: 5, providers: PROVIDERS })
  const server = await prepareConsole({ SWITCHYARD_AUTH: 'on', SWITCHYARD_PRIVATE_WEBHOOKS: 'on' })
  const stop = async () => {
    await server.stop()
    await server.remove()
    await fleet.stop()
  }
  try {
    await server.start()
    return { ...(await furnish(server, fleet)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function furnish(server: Console, fleet: Fleet): Promise<Omit<WatchedConsole, 'stop'>> {
  const { url } = server
  const ada = await becomeAdministrator(url)
  for (const { provider, baseUrl } of fleet.providers) {
    await ada('POST', '/api/providers', registration({ provider, baseUrl }))
    await ada('POST', `/api/providers/${provider.id}/check`)
  }
  const made = await ada('POST', '/api/keys', { name: 'Prometheus', scopes: ['metrics'] })
  const { key: metricsKey } = made as { key: string }
  const metrics = async (accept: string) => {
    const headers = { accept, authorization: `Bearer ${metricsKey}` }
    const response = await fetch(`${url}/api/metrics`, { headers })
    const text = await response.text()
    if (!response.ok) throw new Error(`GET /api/metrics answered ${response.status}: ${text}`)
    return text
  }
  return { url, providerIds: PROVIDERS.map(({ id }) => id), metricsKey, metrics, asAdministrator: ada }
}

/** Makes the first administrator, and returns how to call the API as them. */
async function becomeAdministrator(url: string) {
  let cookie = ''
  const call = async (method: string, path: string, body: unknown = {}): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    const given = response.headers.getSetCookie().map((line) => line.split(';')[0])
    if (given.length > 0) cookie = given.join('; ')
    return JSON.parse(text)
  }
  await call('POST', '/api/auth/set-up', {
    name: 'Ada',
    email: 'ada@example.com',
    password: MADE_UP_PASSWORD,
  })
  return call
}
