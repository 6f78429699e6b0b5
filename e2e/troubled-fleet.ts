import type { Fleet } from '#demo/fleet.ts'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import type { DecisionView } from '#lib/contract/decision.ts'
import type { Console } from './console.ts'
import { expect } from './fixtures.ts'

/** One with a nested strategy of each kind that has fields. */
const ROUTE = {
  name: 'chat',
  models: ['gpt-4o*'],
  members: [{ providerId: 'openai-prod' }, { providerId: 'anthropic' }, { providerId: 'local-ollama' }],
  strategy: {
    type: 'conditional',
    rules: [
      {
        name: 'gold',
        when: { header: { name: 'x-tier', equals: 'gold' } },
        use: { type: 'failover', policy: { type: 'threshold', failures: 3 } },
      },
      { when: { minTokens: 2_000 }, use: { type: 'cost', maxLatency: '2s' } },
      {
        when: { time: { from: '08:00', to: '18:00', zone: 'Europe/Berlin' } },
        use: { type: 'adaptive', weights: { success: 1, latency: 1, cost: 1 }, exploration: 0.01 },
      },
    ],
    otherwise: {
      type: 'ab-test',
      stickyBy: 'user',
      variants: [
        { name: 'control', percent: 90, providerIds: ['openai-prod'] },
        { name: 'cheaper', percent: 10, providerIds: ['anthropic'] },
      ],
    },
  },
}

/**
 * A fleet in which every state is to be seen: one healthy, one whose circuit opened, one held by an operator, with a
 * route over them, a gateway key and a decision whose attempt failed; returns the decision's id.
 */
export async function makeTrouble(fleet: Fleet, { api }: Console): Promise<string> {
  await fleet.order('anthropic', { condition: 'status', status: 500 })
  await api('PUT', '/api/circuits/local-ollama/override', {
    mode: 'forced_open',
    reason: 'maintenance',
    ttl: '1h',
  })
  await api('POST', '/api/routes', ROUTE)
  await api('POST', '/api/client-keys', { name: 'checkout' })
  const { id, chosen, permit } = await api<DecisionView>('POST', '/api/routes/chat/select', {
    model: 'gpt-4o',
  })
  await api('POST', '/api/outcomes', [
    { providerId: chosen, class: 'provider_error', latencyMs: 120, permit: permit?.token },
  ])
  const circuit = () => api<CircuitSnapshot>('GET', '/api/circuits/anthropic')
  await expect.poll(async () => (await circuit()).state).toBe('open')
  return id
}
