import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { ApiRequest } from './api-request.ts'
import { createClientAdmission } from './client-admission.ts'
import type { GatewayWorld } from './gateway-world.ts'
import { IncomingCall } from './incoming-call.ts'
import { Sweep } from './sweep.ts'
import { answerUnreadable } from './unreadable-request.ts'

/** The traffic listener. */
export type Gateway = {
  /** Not listening yet: that is for whoever wires it. */
  server: Server
  /** Looks at every deadline; to be called by a timer. */
  sweep: () => void
  /** How many requests have not been answered to their end. */
  open: () => number
  /**
   * Takes no new requests, which are told to come back, and resolves when those under way are over; what is left when
   * `timeIsUp` resolves is cut off.
   */
  drain: (timeIsUp: Promise<unknown>) => Promise<void>
}

/** The longest a client takes to send its headers. */
const HEADERS_MS = 15_000
/** Longer than clients keep a connection idle, so that it is they who close it. */
const KEEP_ALIVE_MS = 75_000

/** A gateway over this world. */
export function createGateway(world: GatewayWorld): Gateway {
  const admission = createClientAdmission({ always: world.loopback === null })
  const sweep = new Sweep<ApiRequest>()
  const around = { world, admission, isDraining: false }
  let whenIdle: (() => void) | null = null

  const closed = (request: ApiRequest) => {
    sweep.remove(request)
    request.closed()
    if (sweep.size === 0) whenIdle?.()
  }

  const track = (request: ApiRequest, response: ServerResponse) => {
    sweep.add(request)
    // `on`, not `once`, which costs two objects more: it closes once.
    response.on('close', () => closed(request))
    request.start()
  }

  /** A client that waits to be asked for its body is asked only now that it was let in. */
  const trackAwaited = (request: ApiRequest, response: ServerResponse) => {
    response.writeContinue()
    track(request, response)
  }

  const serve = (request: IncomingMessage, response: ServerResponse, whenLetIn = track) => {
    response.on('error', ignore)
    const call = new IncomingCall(request, response, around)
    try {
      call.serve(whenLetIn)
    } catch (error) {
      world.onFault(error)
      call.fail()
    }
  }

  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      // Uploads have limits of their own.
      requestTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5_000,
      // Whoever sends no `Host` is told so in its API's shape.
      requireHostHeader: false,
    },
    (request, response) => serve(request, response),
  )
  server.on('checkContinue', (request, response) => serve(request, response, trackAwaited))
  // Of other expectations none is known, and none must be refused.
  server.on('checkExpectation', (request, response) => serve(request, response))
  server.on('clientError', (error, socket) => {
    const isAnswering = sweep.members().some((request) => request.isAnswering(socket))
    // Between the pieces of an answer, words of ours would be taken for a part of it.
    if (isAnswering) socket.destroy()
    else answerUnreadable(error, socket)
  })

  return {
    server,
    sweep: () => sweep.run(world.clock.now()),
    open: () => sweep.size,
    drain: async (timeIsUp) => {
      around.isDraining = true
      // What has not reached a provider yet loses nothing by coming again.
      for (const request of sweep.members()) request.stopUnlessCarried()
      if (sweep.size === 0) return
      const idle = new Promise<void>((resolve) => (whenIdle = resolve))
      await Promise.race([idle, timeIsUp])
      for (const request of sweep.members()) request.stop()
    },
  }
}

const ignore = () => undefined
