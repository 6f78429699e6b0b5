import type { Socket } from 'node:net'
import { dial } from '../../http/connector.ts'
import { CallError, failed } from '../../http/failure.ts'
import type { TargetGuard } from '../../http/target-guard.ts'

/** How long a connection may take, the look-up of its name included. */
const CONNECT_MS = 5_000

/**
 * A plain connection to an address that the guard has looked at; TLS is for the mail client to put over it, under the
 * host's name. Rejects with what went wrong, and is ended when the signal is.
 */
export function openConnection(
  host: string,
  port: number,
  { guard, signal }: { guard: TargetGuard; signal: AbortSignal },
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const onSocket = (socket: Socket) => {
      const end = () => socket.destroy(new CallError(failed('client_gone', 'the attempt was ended')))
      if (signal.aborted) end()
      else signal.addEventListener('abort', end, { once: true })
      socket.once('close', () => signal.removeEventListener('abort', end))
    }
    const dialer = { connectMs: CONNECT_MS, onStage: () => undefined, onSocket }
    dial({ host, port, tls: false, servername: null }, { dialer, guard }, (error, socket) => {
      if (socket === null) reject(error ?? new Error('no socket'))
      else resolve(socket)
    })
  })
}
