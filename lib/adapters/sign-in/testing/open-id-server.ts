import { onTestFinished } from 'vitest'
import { type Script, startOpenIdServer } from './start-open-id-server.ts'

/** An OpenID Connect server that ends with the test. */
export async function openIdServer(script: Script) {
  const server = await startOpenIdServer(script)
  onTestFinished(server.stop)
  return server
}
