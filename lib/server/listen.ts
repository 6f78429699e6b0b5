import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '#lib/domain/errors.ts'

/** Where to listen; `names` are the variables by which both are set. */
export type ListenPlace = { host: string; port: number; names: { host: string; port: string } }

/** Listens and returns the port it got; throws `unavailable` with a sentence that says what to do when it cannot. */
export async function listen(server: Server, place: ListenPlace): Promise<number> {
  const { host, port } = place
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    throw new AppError('unavailable', reasonOf(cause as NodeJS.ErrnoException, place), { cause })
  }
  return (server.address() as AddressInfo).port
}

function reasonOf(error: NodeJS.ErrnoException, { host, port, names }: ListenPlace): string {
  const reasons: Partial<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program. Stop it, or choose another port: ${names.port}=${port + 1}.`,
    EACCES: `Port ${port} needs more rights than this program has. Choose one from 1024 up: ${names.port}=3000.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Choose another: ${names.host}=127.0.0.1.`,
  }
  return reasons[error.code ?? ''] ?? `Cannot listen on ${host}, port ${port}: ${error.message}.`
}
