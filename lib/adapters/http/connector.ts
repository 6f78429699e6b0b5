import net, { type LookupFunction, type Socket } from 'node:net'
import tls from 'node:tls'
import type { buildConnector } from 'undici'
import { CallError, failed, type Failure, type Stage } from './failure.ts'
import type { TargetGuard } from './target-guard.ts'
import { spanWords } from './words.ts'

/** Whoever a connection is opened for: told of each stage as it begins, and of the socket, to end it early. */
export type Dialer = {
  connectMs: number
  onStage: (stage: Stage) => void
  onSocket: (socket: Socket) => void
}

/** Where a connection goes. `servername` is the name in the TLS handshake; null takes the host's. */
export type Target = { host: string; port: number; tls: boolean; servername: string | null }

type Connected = (error: Error | null, socket: Socket | null) => void

/**
 * Opens one connection and tells its dialer of every stage. Gives up after the dialer's `connectMs`, whatever the
 * stage, and opens none that the guard refuses.
 */
export function dial(
  target: Target,
  context: { dialer: Dialer; guard: TargetGuard },
  connected: Connected,
): void {
  const { dialer, guard } = context
  // A socket looks up names alone: an address would never be shown to the guard.
  const refusal = guard.refuse(target.host)
  if (refusal !== null) {
    connected(refusal, null)
    return
  }
  let stage: Stage = net.isIP(target.host) === 0 ? 'dns' : 'connect'
  const enter = (next: Stage) => {
    stage = next
    dialer.onStage(next)
  }
  enter(stage)
  const socket = open(
    target,
    watched(guard.lookup, () => enter('connect')),
    dialer.connectMs,
  )
  dialer.onSocket(socket)

  const timer = setTimeout(() => {
    socket.destroy(new CallError(tooLate(stage, dialer.connectMs)))
  }, dialer.connectMs)

  const finish = (error: Error | null) => {
    clearTimeout(timer)
    socket.off('error', finish)
    if (error === null) {
      enter('request')
      connected(null, socket)
      return
    }
    // A socket destroyed while it connects can fail once more; nobody is left to hear it.
    socket.on('error', () => undefined)
    connected(error, null)
  }
  socket.once('error', finish)
  if (target.tls) {
    socket.once('connect', () => enter('tls'))
    socket.once('secureConnect', () => finish(null))
  } else {
    socket.once('connect', () => finish(null))
  }
}

/** A connector for undici. `dialerOf` says for whom the connection is being opened at this moment. */
export function createConnector(dialerOf: () => Dialer, guard: TargetGuard): buildConnector.connector {
  return (options, callback) => {
    const secure = options.protocol === 'https:'
    const port = Number(options.port) || (secure ? 443 : 80)
    const servername = options.servername ?? null
    const target = { host: options.hostname, port, tls: secure, servername }
    dial(target, { dialer: dialerOf(), guard }, (error, socket) => {
      if (socket === null) callback(error ?? new Error('no socket'), null)
      else callback(null, socket)
    })
  }
}

function open(target: Target, lookup: LookupFunction, connectMs: number): Socket {
  const options = {
    host: target.host,
    port: target.port,
    lookup,
    noDelay: true,
    // Node's 250 ms for each of several addresses would fail hosts that are merely far away.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.min(1_000, Math.ceil(connectMs / 2))),
  }
  if (!target.tls) return net.connect(options)
  const servername = target.servername ?? target.host
  return tls.connect({
    ...options,
    // One protocol, and no session kept: each new connection is measured whole.
    ALPNProtocols: ['http/1.1'],
    ...(net.isIP(servername) === 0 && servername !== '' ? { servername } : {}),
  })
}

function watched(lookup: LookupFunction, done: () => void): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, ...rest) => {
      if (error === null) done()
      callback(error, ...rest)
    })
  }
}

/** The failure of a connection that was not there after `ms`, by the stage in which it stuck. */
export function tooLate(stage: Stage, ms: number): Failure {
  const within = `within ${spanWords(ms)}`
  if (stage === 'dns') return failed('dns', `name not resolved ${within}`)
  if (stage === 'tls') return failed('connect_timeout', `no TLS handshake ${within}`)
  return failed('connect_timeout', `no connection ${within}`)
}
