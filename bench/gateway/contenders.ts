import { join } from 'node:path'
import type { RoutingState } from '#lib/contract/decision.ts'
import { startBenchConsole, type BenchConsole } from '../bench-console.ts'
import { type Child, startChild } from '../start-child.ts'
import { startPortkey } from '../start-portkey.ts'
import type { Target } from './load-jobs.ts'

/** One of those that are compared: where it is called, and how it is ended. */
export type Contender = { name: string; target: Target; stop: () => Promise<void> }

const here = (file: string) => join(import.meta.dirname, file)

/** Providers that Switchyard checks meanwhile, and how often. */
const CHECKED = 20
const INTERVAL = '5s'
const MEMBERS = 3

/** The provider behind all of them. */
export async function startUpstream(stream: { tokens: number; gapMs: number }): Promise<Child> {
  const args = ['--tokens', String(stream.tokens), '--gap', String(stream.gapMs)]
  return startChild(here('upstream.ts'), { args })
}

/** The bare proxy before an upstream. */
export async function startBare(upstream: Child): Promise<Contender> {
  const child = await startChild(here('bare-proxy.ts'), { args: [upstream.firstLine] })
  return { name: 'bare proxy', target: { port: Number(child.firstLine) }, stop: child.stop }
}

/** The least that the two libraries take, before an upstream. */
export async function startLeast(upstream: Child): Promise<Contender> {
  const child = await startChild(here('least-proxy.ts'), { args: [upstream.firstLine] })
  return { name: 'least proxy', target: { port: Number(child.firstLine) }, stop: child.stop }
}

/** Portkey before an upstream: its simplest way through, one provider without retries. */
export async function startPortkeyContender(upstream: Child): Promise<Contender> {
  const { port, stop } = await startPortkey()
  const headers = {
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstream.firstLine}/v1`,
  }
  return { name: 'Portkey', target: { port, headers }, stop }
}

/** The production console with its gateway: 20 providers checked every 5 s, a weighted route over three, all recorded. */
export async function startSwitchyard(
  upstream: Child,
): Promise<Contender & { console: Pick<BenchConsole, 'begin' | 'end' | 'memory'> }> {
  const console = await startBenchConsole({
    count: CHECKED,
    interval: INTERVAL,
    baseUrl: `http://127.0.0.1:${upstream.firstLine}/v1`,
    withGateway: true,
  })
  const members = Array.from({ length: MEMBERS }, (_, index) => ({
    providerId: `bench-${String(index).padStart(4, '0')}`,
    weight: index + 1,
  }))
  const strategy = { type: 'load-balance', algorithm: 'weighted' }
  await console.api('POST', '/api/routes', { name: 'bench', models: ['gpt-4o*'], members, strategy })
  const { gatewayUrl } = await console.api<RoutingState>('GET', '/api/routing')
  if (gatewayUrl === null) throw new Error('the gateway is off')
  const target = { port: Number(new URL(gatewayUrl).port) }
  return { name: 'Switchyard', target, stop: console.stop, console }
}
