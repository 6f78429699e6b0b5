import type { Decision } from '#lib/domain/routing/decision.ts'
import type { Route } from '#lib/domain/routing/route.ts'
import type { ClientKey, DecisionCount, KeptDecision } from '#lib/services/records.ts'
import { NOON } from './test-records.ts'

export const route = (name: string, over: Partial<Route> = {}): Route => ({
  name,
  models: ['gpt-4o*'],
  members: [
    { providerId: 'acme', model: null, weight: 2, priority: null },
    { providerId: 'beta', model: 'gpt-4o-eu', weight: null, priority: 1 },
  ],
  strategy: {
    type: 'conditional',
    rules: [
      {
        name: 'nights',
        when: { time: { from: '22:00', to: '06:00', zone: 'Europe/Berlin' }, minTokens: 100 },
        use: { type: 'cost', maxLatencyMs: 3_000, minSuccessRate: null },
      },
      {
        name: 'rule 2',
        when: { header: { name: 'x-team', matches: '^blue' } },
        use: { type: 'failover', policy: { type: 'latency', p95Ms: 2_500 } },
      },
    ],
    otherwise: {
      type: 'ab-test',
      stickyBy: 'user',
      variants: [
        { name: 'a', percent: 90, providerIds: ['acme'] },
        { name: 'b', percent: 10, providerIds: ['beta'] },
      ],
    },
  },
  limits: { maxAttempts: 2, timeoutMs: 90_000, firstTokenTimeoutMs: null, stallTimeoutMs: 1_500 },
  version: 1,
  createdAt: NOON,
  updatedAt: NOON,
  ...over,
})

export const clientKey = (id: string, over: Partial<ClientKey> = {}): ClientKey => ({
  id,
  name: `The ${id}`,
  hash: Buffer.from(id.padEnd(32)).toString('hex'),
  prefix: 'sy-test',
  routes: ['chat'],
  requestsPerMinute: 60,
  tokensPerMinute: null,
  createdAt: NOON,
  lastUsedAt: null,
  ...over,
})

const decision = (id: string, over: Partial<Decision> = {}): Decision => ({
  id,
  requestId: `request-${id}`,
  at: NOON,
  route: 'chat',
  strategy: 'failover',
  rule: 'nights › eu',
  variant: null,
  model: 'gpt-4o',
  chosen: 1,
  candidates: [
    {
      providerId: 'acme',
      model: 'gpt-4o',
      eligible: false,
      drop: 'circuit_open',
      reason: 'its circuit is open',
      score: null,
      weight: null,
    },
    {
      providerId: 'beta',
      model: 'gpt-4o-eu',
      eligible: true,
      drop: null,
      reason: 'first in order',
      score: 12.5,
      weight: 1,
    },
  ],
  reason: 'beta is the first eligible member.',
  reasonCode: 'failed_over',
  panic: false,
  returnsAt: null,
  tookUs: 7.5,
  attempts: [
    {
      providerId: 'beta',
      model: 'gpt-4o-eu',
      at: NOON,
      class: 'ok',
      httpStatus: 200,
      latencyMs: 812.5,
      firstTokenMs: 120,
      error: null,
      reason: 'first in order',
    },
  ],
  ...over,
})

export const kept = (
  id: string,
  { failed = false, failedOver = false, ...over }: Partial<Decision & Omit<KeptDecision, 'decision'>> = {},
): KeptDecision => ({ decision: decision(id, over), failed, failedOver })

export const decisionCount = (count: number, over: Partial<DecisionCount> = {}): DecisionCount => ({
  route: 'chat',
  providerId: 'acme',
  reasonCode: 'weighted',
  count,
  ...over,
})
