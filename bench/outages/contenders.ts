import type { RoutingState } from '#lib/contract/decision.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import { openBenchConsole, type BenchConsole } from '../bench-console.ts'
import type { Target } from '../gateway/load-jobs.ts'
import { startPortkey } from '../start-portkey.ts'

/** One of the two: where it is called, what it tripped over, and how it is ended. */
export type Contender = {
  name: string
  target: Target
  /** When each circuit opened, epoch ms; none where there are no circuits. */
  trips: () => Promise<number[]>
  stop: () => Promise<void>
}

/** Both wait so long for a provider to say something. */
const PROVIDER_MS = 1_000

/** Switchyard with thresholds for outages of seconds in place of minutes; the counts are the product's. */
export async function startSwitchyard(ports: readonly number[]): Promise<Contender> {
  const console = await openBenchConsole({ withGateway: true })
  const { api } = console
  const { settings, version } = await api<SettingsVersion>('GET', '/api/settings')
  const scaled = {
    ...settings,
    monitor: { ...settings.monitor, interval: '1s', timeout: '1s' },
    breaker: {
      ...settings.breaker,
      recoveryTimeout: '1s',
      maxOpen: '3s',
      openGrowth: 1.5,
      window: '2s',
      slowCall: '500ms',
      rampUp: '1s',
      quietReset: '3s',
    },
    routing: { ...settings.routing, firstTokenTimeout: `${PROVIDER_MS}ms`, stallTimeout: `${PROVIDER_MS}ms` },
  }
  await api('PUT', '/api/settings', { settings: scaled, expectedVersion: version, reason: 'bench' })
  const ids = ports.map((_, index) => `provider-${index}`)
  for (const [index, id] of ids.entries()) {
    const baseUrl = `http://127.0.0.1:${ports[index] ?? 0}/v1`
    await api('POST', '/api/providers', { id, name: id, kind: 'openai-compatible', baseUrl, priority: index })
  }
  await api('POST', '/api/routes', {
    name: 'bench',
    models: ['gpt-4o*'],
    members: ids.map((providerId) => ({ providerId })),
    strategy: { type: 'failover', policy: { type: 'immediate' } },
  })
  const { gatewayUrl } = await api<RoutingState>('GET', '/api/routing')
  if (gatewayUrl === null) throw new Error('the gateway is off')
  return {
    name: 'Switchyard',
    target: { port: Number(new URL(gatewayUrl).port) },
    trips: () => tripsOf(console, ids),
    stop: console.stop,
  }
}

type Events = { items: { kind: string; at: string; to?: string }[] }

async function tripsOf({ api }: BenchConsole, ids: readonly string[]): Promise<number[]> {
  const answers = await Promise.all(
    ids.map((id) => api<Events>('GET', `/api/circuits/${id}/transitions?limit=500`)),
  )
  return answers
    .flatMap(({ items }) => items)
    .filter(({ kind, to }) => kind === 'transition' && to === 'open')
    .map(({ at }) => Date.parse(at))
}

/** Portkey with its fallback over the same three in the same order, one retry of each, and its time-out. */
export async function startPortkeyContender(ports: readonly number[]): Promise<Contender> {
  const { port, stop } = await startPortkey()
  const config = {
    strategy: { mode: 'fallback' },
    request_timeout: PROVIDER_MS,
    retry: { attempts: 1 },
    targets: ports.map((one) => ({
      provider: 'openai',
      api_key: 'bench',
      custom_host: `http://127.0.0.1:${one}/v1`,
    })),
  }
  return {
    name: 'Portkey',
    target: { port, headers: { 'x-portkey-config': JSON.stringify(config) } },
    trips: () => Promise.resolve([]),
    stop,
  }
}
