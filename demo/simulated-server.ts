import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { APIS } from './apis/by-name.ts'
import { type ForcedWeather, forcedWeatherSchema, underOrder, type WeatherOrder } from './forced-weather.ts'
import { openListener } from './listener.ts'
import type { SimulatedProvider } from './providers.ts'
import { respond } from './respond.ts'
import { sendJson } from './send-json.ts'
import type { Conditions } from './weather.ts'

/** One simulated provider, listening. */
export type SimulatedServer = {
  id: string
  port: number
  /** What the console is given. */
  baseUrl: string
  /** Lays a condition over the weather; resolves when it holds (the port shut or open). Rejects an order it does not know. */
  order: (order: WeatherOrder) => Promise<void>
  /** What holds now, orders included. */
  conditions: () => Conditions
  /** Opens or shuts the port as the weather now says. */
  follow: () => Promise<void>
  stop: () => Promise<void>
}

type Options = {
  port: number
  /** The scripted weather at this moment. */
  weather: () => Conditions
  random: () => number
  now: () => number
}

const SCRIPT: ForcedWeather = { condition: 'script' }

/** Starts one simulated provider on the loopback interface; rejects when the port is taken. */
export async function startSimulatedServer(
  provider: SimulatedProvider,
  options: Options,
): Promise<SimulatedServer> {
  const { weather, random, now } = options
  let current: { order: ForcedWeather; until: number } = { order: SCRIPT, until: Infinity }
  let stopped = false

  const orderNow = () => (now() < current.until ? current.order : SCRIPT)
  const conditions = () => underOrder(weather(), orderNow())
  const follow = () => listener.setOpen(!stopped && conditions().reachable)

  const order = async (input: WeatherOrder) => {
    const parsed = forcedWeatherSchema.parse(input)
    const forMs = 'forMs' in parsed ? parsed.forMs : undefined
    current = { order: parsed, until: forMs === undefined ? Infinity : now() + forMs }
    await follow()
  }

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/__weather') return answerOrder(request, response, { order, conditions })
    const body = request.method === 'POST' ? await json(request).catch(() => null) : null
    const { basePath, registration } = provider
    const call = {
      method: request.method ?? 'GET',
      path: pathname.startsWith(basePath) ? pathname.slice(basePath.length) : pathname,
      body,
      models: registration.models.map(({ name }) => name),
      at: now(),
    }
    // A pace that was ordered holds for every call, not in proportion to what is asked.
    const pace = orderNow().condition === 'slow' ? 1 : null
    const { api, apiKey } = provider
    await respond(request, response, {
      call,
      scene: { api: APIS[api], apiKey, conditions: conditions(), pace, random, now },
    })
  }

  const listener = await openListener(options.port, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else sendJson(response, { status: 500, body: { error: String(error) } })
    })
  })
  return {
    id: provider.id,
    port: listener.port,
    baseUrl: `http://127.0.0.1:${listener.port}${provider.basePath}`,
    order,
    conditions,
    follow,
    stop: () => {
      stopped = true
      return listener.setOpen(false)
    },
  }
}

/** `POST` gives an order, `GET` tells the conditions. */
export async function answerOrder(
  request: IncomingMessage,
  response: ServerResponse,
  server: Pick<SimulatedServer, 'order' | 'conditions'>,
): Promise<void> {
  if (request.method === 'POST') {
    const parsed = forcedWeatherSchema.safeParse(await json(request).catch(() => null))
    if (!parsed.success)
      return sendJson(response, { status: 422, body: { error: z.prettifyError(parsed.error) } })
    // Answered first where the order shuts this very port; the order is in force when the answer has gone out.
    if (parsed.data.condition === 'down') {
      response.once('finish', () => void server.order(parsed.data))
      return sendJson(response, { body: { order: parsed.data } })
    }
    await server.order(parsed.data)
  }
  sendJson(response, { body: { conditions: server.conditions() } })
}
