import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Engine } from '#lib/services/engine.ts'
import type { ClientKey } from '#lib/services/records.ts'
import { ApiRequest } from './api-request.ts'
import type { ClientAdmission } from './client-admission.ts'
import { type Endpoint, ENDPOINT_LIST, endpointAt, shapeOfCaller } from './endpoints.ts'
import { gatewayError, type GatewayError, type GatewayErrorCode } from './errors.ts'
import type { GatewayWorld } from './gateway-world.ts'
import { bodyRefusalOf, refusalOf } from './guard.ts'
import { hostComplaint } from './host-header.ts'
import { Reply } from './reply.ts'
import { requestIdOf } from './request-id.ts'
import { type RequestTarget, requestTarget } from './request-target.ts'
import { modelsAnswer } from './serve-models.ts'

/** What a call comes into. */
export type Around = { world: GatewayWorld; admission: ClientAdmission; isDraining: boolean }

/** How soon a client that was turned away while we start or stop may come back. */
const RETURN_MS = 1_000

const API_METHODS: readonly string[] = ['POST']
const READ_METHODS: readonly string[] = ['GET', 'HEAD']

const methodsOf = ({ type }: Endpoint): readonly string[] => (type === 'api' ? API_METHODS : READ_METHODS)

const starting = () => gatewayError('starting', 'Switchyard is starting.', RETURN_MS)
const stopping = () => gatewayError('stopping', 'Switchyard is stopping.', RETURN_MS)

/** One call as it comes in: turned away, answered at once, or handed on with its body still to be read. */
export class IncomingCall {
  private readonly request: IncomingMessage
  private readonly response: ServerResponse
  private readonly around: Around
  private readonly target: RequestTarget
  private readonly endpoint: Endpoint | null
  private readonly isAnthropic: boolean
  private readonly reply: Reply

  constructor(request: IncomingMessage, response: ServerResponse, around: Around) {
    this.request = request
    this.response = response
    this.around = around
    this.target = requestTarget(request.url ?? '/', request.headers)
    this.endpoint = endpointAt(this.target.path)
    this.isAnthropic = request.headers['anthropic-version'] !== undefined
    const { world } = around
    this.reply = new Reply({
      response,
      shape: this.endpoint?.type === 'api' ? this.endpoint.shape : shapeOfCaller(this.isAnthropic),
      requestId: requestIdOf(request.headers['x-request-id'], world.newRequestId),
      world,
      onError: (code) => countError(world, code),
    })
  }

  /** Answers the call, or hands it on to be tracked. */
  serve(track: (request: ApiRequest, response: ServerResponse) => void): void {
    const { endpoint } = this
    if (endpoint?.type === 'health') return this.serveHealth()
    const refusal = this.refusal(endpoint)
    if (refusal !== null || endpoint === null) return this.turnAway(refusal ?? this.unknown())
    const { world, admission } = this.around
    const engine = world.engine()
    if (engine === null) return this.turnAway(starting())
    const key = admission.identify(engine, this.request.headers)
    if (key !== null && 'code' in key) return this.turnAway(key)
    if (endpoint.type === 'models') return this.serveModels(engine, key, endpoint.id)
    const { request, response, target, reply } = this
    const arrived = { request, shape: endpoint.shape, query: target.query, key, reply }
    track(new ApiRequest({ world, engine, admission }, arrived), response)
  }

  /** Answers that the gateway is at fault, if that can still be done. */
  fail(): void {
    if (this.reply.isStarted) this.reply.breakOff()
    else this.turnAway(gatewayError('internal_error', 'The gateway failed by its own fault.'))
  }

  /** Why the call must not be served, whoever makes it; null when it may. */
  private refusal(endpoint: Exclude<Endpoint, { type: 'health' }> | null): GatewayError | null {
    const { headers, method = '' } = this.request
    const refusal = this.hostRefusal()
    if (refusal !== null) return refusal
    if (endpoint === null) return this.unknown()
    const methods = methodsOf(endpoint)
    if (!methods.includes(method))
      return gatewayError('method_not_allowed', `${this.target.path} takes ${methods[0] ?? ''}.`)
    const bodyRefusal = endpoint.type === 'api' ? bodyRefusalOf(headers) : null
    return bodyRefusal ?? (this.around.isDraining ? stopping() : null)
  }

  private hostRefusal(): GatewayError | null {
    const complaint = hostComplaint(this.request)
    if (complaint !== null) return gatewayError('malformed_request', complaint)
    return refusalOf(this.request.headers, { host: this.target.host, own: this.around.world.loopback })
  }

  private unknown(): GatewayError {
    return gatewayError('unknown_path', `There is no ${this.target.path} here. There are: ${ENDPOINT_LIST}.`)
  }

  private turnAway(error: GatewayError): void {
    const { endpoint } = this
    const isMethod = error.code === 'method_not_allowed' && endpoint !== null
    this.reply.error(error, isMethod ? ['allow', methodsOf(endpoint).join(', ')] : [])
  }

  private serveModels(engine: Engine, key: ClientKey | null, id: string | null): void {
    const answer = modelsAnswer(engine, key, { id, isAnthropic: this.isAnthropic })
    if ('error' in answer) this.turnAway(answer.error)
    else this.json(200, answer.models)
  }

  private serveHealth(): void {
    const { world, isDraining } = this.around
    const isReady = !isDraining && world.engine() !== null
    this.json(isReady ? 200 : 503, { status: isReady ? 'ok' : isDraining ? 'stopping' : 'starting' })
  }

  private json(status: number, body: object): void {
    this.reply.whole(
      status,
      { 'content-type': 'application/json' },
      { body: Buffer.from(JSON.stringify(body)) },
    )
  }
}

/** While the house is being built there is nobody to count for. */
function countError({ engine }: Pick<GatewayWorld, 'engine'>, code: GatewayErrorCode): void {
  const counts = engine()?.routing.gatewayErrors
  counts?.set(code, (counts.get(code) ?? 0) + 1)
}
