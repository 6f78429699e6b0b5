import { once } from 'node:events'
import http, { type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import type { Resolve } from '#lib/adapters/http/lookup.ts'
import { createUpstream } from '#lib/adapters/http/upstream.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import { INSIDE_TOO, type TargetPolicy } from '#lib/domain/target-policy.ts'
import { putRoute } from '#lib/services/routing/routing.ts'
import { stageFleet, T0 } from '#lib/services/stage-fleet.fixture.ts'
import { DEFAULT_LIMITS, type GatewayLimits } from '../limits.ts'
import { createGateway } from '../listener.ts'
import { type FaultyUpstream, startFaultyUpstream } from './faulty-upstream.fixture.ts'

type Options = {
  /** The providers' ids, each with an upstream of its own. */
  providers?: readonly string[]
  provider?: Partial<Provider>
  route?: Partial<Route>
  limits?: Partial<GatewayLimits>
  /** Null: others can reach it. */
  loopback?: string | null
  targets?: TargetPolicy
  /** Stands in for the system's name resolution. */
  resolve?: Resolve
}

export const NO_LIMITS: Route['limits'] = {
  maxAttempts: null,
  timeoutMs: null,
  firstTokenTimeoutMs: null,
  stallTimeoutMs: null,
}

/** An answer as a client got it; `isWhole` false: the connection broke off. */
export type Got = { status: number; headers: IncomingHttpHeaders; text: string; isWhole: boolean }

export const CHAT = '/v1/chat/completions'
export const ask = (over: object = {}) => ({
  model: 'gpt-4o',
  messages: [{ role: 'user', content: 'hello' }],
  ...over,
})

/** Lets what is in the network's buffers of this process arrive. */
export async function arrive(): Promise<void> {
  for (let count = 0; count < 12; count += 1) await turn()
}

/**
 * A gateway as in production, over real sockets, with upstreams whose faults the test chooses and the clock in its
 * hand: deadlines pass when the test lets them.
 */
export async function stageGateway(options: Options = {}) {
  const { providers = ['acme'], loopback = '127.0.0.1' } = options
  const staged = stageFleet()
  const upstreams: Record<string, FaultyUpstream> = {}
  for (const id of providers) {
    const upstream = await startFaultyUpstream()
    upstreams[id] = upstream
    staged.add(id, { baseUrl: upstream.url, ...options.provider })
  }
  putRoute(staged.engine.routing, {
    name: 'main',
    models: ['gpt-4o', 'text-*', 'claude-*'],
    members: providers.map((providerId) => ({ providerId, model: null, weight: null, priority: null })),
    strategy: { type: 'failover', policy: { type: 'immediate' } },
    limits: { ...NO_LIMITS, maxAttempts: providers.length === 1 ? 1 : null },
    version: 1,
    createdAt: T0,
    updatedAt: T0,
    ...options.route,
  })
  const upstream = createUpstream({
    now: () => performance.now(),
    secrets: staged.engine.secrets,
    targets: options.targets ?? INSIDE_TOO,
    ...(options.resolve !== undefined && { resolve: options.resolve }),
    resolveReference: (name) => (name === 'env:LATE' ? Promise.resolve('late-test-key') : null),
  })
  const faults: unknown[] = []
  let ids = 0
  let engine: typeof staged.engine | null = staged.engine
  const gateway = createGateway({
    clock: staged.engine.clock,
    elapsed: () => performance.now(),
    engine: () => engine,
    upstream,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    loopback,
    newRequestId: () => `request-${(ids += 1)}`,
    onFault: (error) => faults.push(error),
  })
  gateway.server.listen(0, '127.0.0.1')
  await once(gateway.server, 'listening')
  const { port } = gateway.server.address() as AddressInfo
  const agent = new http.Agent({ keepAlive: true })
  onTestFinished(async () => {
    agent.destroy()
    await upstream.close()
    gateway.server.closeAllConnections()
    gateway.server.close()
    expect(faults).toEqual([])
    for (const id of providers) expect(staged.entry(id).calls).toBe(0)
  })

  const passTime = async (ms: number) => {
    await arrive()
    staged.pass(ms)
    gateway.sweep()
    await arrive()
  }

  return {
    ...staged,
    gateway,
    port,
    url: `http://127.0.0.1:${port}`,
    upstreams,
    upstream: (id = providers[0] ?? '') => upstreams[id]!,
    faults,
    /** Lets what was sent arrive, then this time pass, and looks at the deadlines. */
    passTime,
    stopEngine: () => {
      engine = null
    },
    /** Sends a request and waits for all of its answer. */
    send: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      begin({ port, agent, path, body, headers }).answer,
    /** Sends a request and looks on. */
    begin: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      begin({ port, agent, path, body, headers }),
    /** The newest decision, with its attempts. */
    decided: () => staged.engine.routing.log.held()[0],
    circuits: (id = providers[0] ?? '') => ({
      own: staged.entry(id).own.circuit,
      model: staged.entry(id).models.get('gpt-4o')?.circuit,
    }),
  }
}

type Sent = {
  port: number
  agent: http.Agent
  path: string
  body: unknown
  headers: Record<string, string>
}

function begin({ port, agent, path, body, headers }: Sent) {
  const request = http.request({
    port,
    host: '127.0.0.1',
    agent,
    path,
    method: body === null ? 'GET' : 'POST',
    headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
  })
  let text = ''
  const watchers: (() => void)[] = []
  const response = Promise.withResolvers<http.IncomingMessage>()
  const answer = Promise.withResolvers<Got>()
  request.on('response', (incoming) => {
    response.resolve(incoming)
    incoming.setEncoding('utf8')
    incoming.on('error', () => undefined)
    incoming.on('data', (piece: string) => {
      text += piece
      for (const watch of watchers.splice(0)) watch()
    })
    incoming.on('close', () =>
      answer.resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        text,
        isWhole: incoming.complete,
      }),
    )
  })
  request.on('error', (error) => {
    response.reject(error)
    answer.reject(error)
  })
  response.promise.catch(() => undefined)
  answer.promise.catch(() => undefined)
  if (body !== undefined) {
    const written = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    request.end(body === null ? undefined : written)
  }
  return {
    request,
    response: response.promise,
    answer: answer.promise,
    /** Resolves when this has arrived. */
    until: async (wanted: string) => {
      while (!text.includes(wanted)) await new Promise<void>((resolve) => watchers.push(resolve))
    },
    text: () => text,
    leave: () => request.destroy(),
  }
}
