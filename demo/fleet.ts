import { hashOf, seededRandom } from './chance.ts'
import type { WeatherOrder } from './forced-weather.ts'
import { type Listener, openListener } from './listener.ts'
import { SIMULATED_PROVIDERS, type SimulatedProvider } from './providers.ts'
import { sendJson } from './send-json.ts'
import { answerOrder, type SimulatedServer, startSimulatedServer } from './simulated-server.ts'
import { OPENING_MS, weatherAt } from './weather.ts'

export type FleetOptions = {
  seed: number
  /** The first of consecutive ports, the control port first; without it, any free ones. */
  basePort?: number
  /** Default: the whole demo fleet. */
  providers?: readonly SimulatedProvider[]
  /** Epoch ms; default the wall clock. */
  now?: () => number
}

/** A fleet of simulated providers, listening on the loopback interface. */
export type Fleet = {
  /** `POST {controlUrl}/{id}/__weather` reaches a provider's weather also while its own port is shut. */
  controlUrl: string
  providers: readonly (SimulatedServer & { provider: SimulatedProvider })[]
  /** Lays a condition over one provider's weather; rejects for an unknown id. */
  order: (id: string, order: WeatherOrder) => Promise<void>
  /** Starts the scripted weather, opening acts first; until then it is calm. */
  beginWeather: () => void
  stop: () => Promise<void>
}

const FOLLOW_EVERY_MS = 100
/** A moment with neither opening act nor front. */
const CALM_MS = OPENING_MS

/** Starts all providers and the control port; rejects, with nothing left open, when a port is taken. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { seed, basePort, providers = SIMULATED_PROVIDERS, now = Date.now } = options
  let beganAt: number | null = null
  const opened: { stop: () => Promise<unknown> }[] = []
  const stopAll = () => Promise.all(opened.map((item) => item.stop()))

  const startOne = async (provider: SimulatedProvider, index: number) => {
    const calm = { ...provider.climate, unrest: 0 }
    const server = await startSimulatedServer(provider, {
      port: basePort === undefined ? 0 : basePort + 1 + index,
      weather: () =>
        beganAt === null
          ? weatherAt(calm, seed, CALM_MS)
          : weatherAt(provider.climate, seed, now() - beganAt),
      random: seededRandom(hashOf(seed, provider.id)),
      now,
    })
    opened.push(server)
    return { ...server, provider }
  }

  try {
    const started = await Promise.allSettled(providers.map(startOne))
    const servers = started.map((one) => {
      if (one.status === 'rejected') throw one.reason
      return one.value
    })
    const byId = new Map(servers.map((server) => [server.id, server]))
    const control = await openControl(basePort ?? 0, byId)
    opened.push({ stop: () => control.setOpen(false) })
    const timer = setInterval(() => {
      // A port that was taken meanwhile is tried again the next time.
      for (const server of servers) server.follow().catch(() => undefined)
    }, FOLLOW_EVERY_MS)
    return {
      controlUrl: `http://127.0.0.1:${control.port}`,
      providers: servers,
      order: async (id, order) => {
        const server = byId.get(id)
        if (server === undefined) throw new Error(`There is no simulated provider ${id}`)
        await server.order(order)
      },
      beginWeather: () => {
        beganAt = now()
      },
      stop: async () => {
        clearInterval(timer)
        await stopAll()
      },
    }
  } catch (error) {
    await stopAll()
    throw error
  }
}

function openControl(port: number, byId: ReadonlyMap<string, SimulatedServer>): Promise<Listener> {
  return openListener(port, (request, response) => {
    const id = /^\/([^/]+)\/__weather$/.exec(request.url ?? '')?.[1] ?? ''
    const server = byId.get(id)
    if (server === undefined) {
      sendJson(response, {
        status: 404,
        body: {
          error: `POST /{id}/__weather, with an id of: ${[...byId.keys()].join(', ')}`,
        },
      })
      return
    }
    answerOrder(request, response, server).catch((error: unknown) =>
      sendJson(response, { status: 500, body: { error: String(error) } }),
    )
  })
}
