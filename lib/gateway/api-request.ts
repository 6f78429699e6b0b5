import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { parseDuration } from '#lib/contract/duration.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { matchRoute } from '#lib/domain/routing/match-route.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { Engine } from '#lib/services/engine.ts'
import type { ClientKey } from '#lib/services/records.ts'
import { routeRequest } from '#lib/services/routing/route-request.ts'
import type { ApiShape } from './apis/api-shape.ts'
import type { AttemptLimits } from './attempt-result.ts'
import { Carry } from './carry.ts'
import type { ClientAdmission } from './client-admission.ts'
import { gatewayError, type GatewayError } from './errors.ts'
import type { GatewayWorld } from './gateway-world.ts'
import type { ReadBody } from './read-body.ts'
import type { Reply } from './reply.ts'
import { RequestBody } from './request-body.ts'
import { clientTimeoutMs } from './request-deadline.ts'
import { requestFacts } from './request-facts.ts'
import { routesIn, servedInWords, servedOverInWords } from './served-models.ts'
import type { Swept } from './sweep.ts'

/** Where a request is served: what stands around it. */
export type Surroundings = { world: GatewayWorld; engine: Engine; admission: ClientAdmission }

/** A request of a client that was let in. */
export type Arrived = {
  request: IncomingMessage
  shape: ApiShape
  query: string
  key: ClientKey | null
  reply: Reply
}

/** One request for a completion or the like, from its first byte: takes its body in, finds its route, and has it carried. */
export class ApiRequest implements Swept {
  seat = -1
  private readonly around: Surroundings
  private readonly arrived: Arrived
  private readonly arrivedAt: number
  private body: RequestBody | null = null
  private carry: Carry | null = null
  private isGone = false

  constructor(around: Surroundings, arrived: Arrived) {
    this.around = around
    this.arrived = arrived
    this.arrivedAt = around.world.clock.now()
  }

  /** Begins to read the body. */
  start(): void {
    const { world } = this.around
    this.body = new RequestBody(
      this.arrived.request,
      { limits: world.limits, startedAt: this.arrivedAt, now: world.clock.now },
      (read) => {
        this.body = null
        if (this.isGone) return
        const refused = 'code' in read ? read : this.carryOn(read)
        if (refused !== null) this.arrived.reply.error(refused)
      },
    )
  }

  sweep(now: number): void {
    this.body?.sweep(now)
    this.carry?.sweep(now)
  }

  /** The client's connection is closed, or its answer is through. */
  closed(): void {
    this.isGone = true
    this.carry?.clientGone()
  }

  /** Whether a part of its answer has gone out over this connection, and not yet all of it. */
  isAnswering(connection: Duplex): boolean {
    const { request, reply } = this.arrived
    return request.socket === connection && reply.isStarted
  }

  /** The process is about to stop: a request whose body is still on its way is turned away at once. */
  stopUnlessCarried(): void {
    if (this.carry === null) this.stop()
  }

  /** The process has to stop. */
  stop(): void {
    if (this.carry !== null) this.carry.stop()
    else if (!this.arrived.reply.isStarted) {
      // What still comes of its body is not carried.
      this.isGone = true
      this.arrived.reply.error(gatewayError('stopping', 'Switchyard is stopping.', 1_000))
    }
  }

  private carryOn(body: ReadBody): GatewayError | null {
    const { world, engine, admission } = this.around
    const { request, shape, query, key, reply } = this.arrived
    const fields = body.fields()
    if ('code' in fields) return fields
    const clientMs = clientTimeoutMs(request.headers)
    if (clientMs !== null && typeof clientMs !== 'number') return clientMs
    const route = routeFor(engine, fields.model, key)
    if ('code' in route) return route
    const overLimit = key === null ? null : admission.spend(key, world.clock.now())
    if (overLimit !== null) return overLimit
    const limits = limitsOf(engine, route, { world, clientMs })
    reply.facts.isReplayOff = !body.isWhole
    const facts = requestFacts(shape, fields, request.headers)
    this.carry = new Carry(
      world,
      {
        shape,
        headers: request.headers,
        query,
        body,
        fields,
        routed: routeRequest(engine, { route, facts, requestId: reply.facts.requestId }),
        limits,
        deadlineAt: this.arrivedAt + limits.timeoutMs,
        isClientDeadline: clientMs === limits.timeoutMs,
        served: () => servedOverInWords(engine, key?.routes ?? null, shape.api),
        onOver: (usage, pieces) => {
          // Streams tell their usage only where they are asked to; what was said is counted all the same.
          const estimate = pieces === 0 ? 0 : pieces + (facts.estimatedTokens ?? 0)
          const tokens = usage === null ? estimate : usage.inputTokens + usage.outputTokens
          if (key !== null && tokens > 0) admission.spendTokens(key, tokens, world.clock.now())
        },
      },
      reply,
    )
    this.carry.tryNext()
    return null
  }
}

function routeFor(engine: Engine, model: string, key: ClientKey | null): Route | GatewayError {
  const { routes } = engine.routing
  if (routes.size === 0)
    return gatewayError(
      'no_routes',
      'There is no route yet: create one in the console, under Settings → Routes.',
    )
  const allowed = key?.routes ?? null
  // To a key the routes that are not its own are not there, however well they would fit.
  const route = matchRoute(allowed === null ? routes.values() : routesIn(engine, allowed), model)
  if (route !== null) return route
  const another = allowed === null ? null : matchRoute(routes.values(), model)
  return another === null
    ? gatewayError(
        'model_not_found',
        `No route serves the model "${model}". Served: ${servedInWords(engine, allowed)}.`,
      )
    : gatewayError('route_not_allowed', `This key may not use the route "${another.name}".`)
}

function limitsOf(
  engine: Engine,
  { limits }: Route,
  { world, clientMs }: { world: GatewayWorld; clientMs: number | null },
): AttemptLimits {
  const inForce = timeoutsOf(engine.fleet.settings.settings.routing)
  const ownMs = limits.timeoutMs ?? world.limits.requestMs
  return {
    timeoutMs: clientMs !== null && clientMs < ownMs ? clientMs : ownMs,
    firstTokenMs: limits.firstTokenTimeoutMs ?? inForce.firstTokenMs ?? world.limits.requestMs,
    stallMs: limits.stallTimeoutMs ?? inForce.stallMs ?? world.limits.requestMs,
  }
}

type RoutingSettings = Settings['routing']
type Timeouts = { firstTokenMs: number | null; stallMs: number | null }

const known = new WeakMap<RoutingSettings, Timeouts>()

/** The time-outs of the settings, read once for each version of them. */
function timeoutsOf(routing: RoutingSettings): Timeouts {
  let timeouts = known.get(routing)
  if (timeouts === undefined) {
    timeouts = {
      firstTokenMs: parseDuration(routing.firstTokenTimeout),
      stallMs: parseDuration(routing.stallTimeout),
    }
    known.set(routing, timeouts)
  }
  return timeouts
}
