import type { AttemptView, CandidateView, DecisionView, RouteState } from '#lib/contract/decision.ts'
import type { RouteConfig } from '#lib/contract/route.ts'

export const T0 = '2026-11-23T12:00:00.000Z'

/** The time `ms` after T0, as the wire writes it. */
export const after = (ms: number): string => new Date(Date.parse(T0) + ms).toISOString()

type MemberShare = RouteState['members'][number]

/** An eligible member with a third of its route. */
export const member = (providerId: string, over: Partial<MemberShare> = {}): MemberShare => ({
  providerId,
  model: null,
  configuredShare: 1 / 3,
  actualShare: 0.38,
  earlierShare: 0.33,
  decisions: 120,
  eligible: true,
  drop: null,
  reason: '',
  ...over,
})

/** The same, skipped because its circuit is open. */
export const opened = (providerId: string, over: Partial<MemberShare> = {}): MemberShare =>
  member(providerId, { eligible: false, drop: 'circuit_open', reason: 'next trial in 38 s', ...over })

/** A route whose eligible members are those that say so. */
export const routeState = (
  name: string,
  members: MemberShare[],
  over: Partial<RouteState> = {},
): RouteState => ({
  name,
  models: ['gpt-4o*'],
  strategy: 'load-balance',
  eligibleMembers: members.filter(({ eligible }) => eligible).length,
  members,
  requests: { count: 1_284, failed: 0, failedOver: 0, panics: 0, noneEligible: 0 },
  variants: [],
  ...over,
})

export const candidate = (providerId: string, over: Partial<CandidateView> = {}): CandidateView => ({
  providerId,
  model: 'gpt-4o',
  eligible: true,
  drop: null,
  reason: 'eligible',
  score: null,
  weight: null,
  ...over,
})

export const attempt = (providerId: string, over: Partial<AttemptView> = {}): AttemptView => ({
  providerId,
  model: 'gpt-4o',
  at: T0,
  class: 'ok',
  httpStatus: 200,
  latencyMs: 400,
  firstTokenMs: null,
  error: null,
  reason: 'its turn by weight',
  ...over,
})

/** A decision for the first of three candidates, the last of which is open. */
export const decision = (over: Partial<DecisionView> = {}): DecisionView => ({
  id: 'dec-1',
  requestId: 'req-1',
  at: T0,
  route: 'chat',
  strategy: 'load-balance',
  rule: null,
  variant: null,
  model: 'gpt-4o',
  chosen: 'openai',
  reason: 'openai has the turn: 2 of 3 by weight',
  reasonCode: 'weighted',
  panic: false,
  tookUs: 11.4,
  returnsAt: null,
  candidates: [
    candidate('openai', { weight: 0.67 }),
    candidate('azure', { weight: 0.33 }),
    candidate('groq', { eligible: false, drop: 'circuit_open', reason: 'opened 12 s ago' }),
  ],
  attempts: [],
  permit: null,
  ...over,
})

/** A stored route; its strategy spreads by weight unless told otherwise. */
export const routeConfig = (over: Partial<RouteConfig> = {}): RouteConfig => ({
  name: 'chat',
  models: ['gpt-4o*', 'o3'],
  members: [
    { providerId: 'openai', model: null, weight: 2, priority: null },
    { providerId: 'azure', model: 'gpt-4o-eu', weight: null, priority: 1 },
  ],
  strategy: { type: 'load-balance', algorithm: 'weighted' },
  limits: { maxAttempts: null, timeout: null, firstTokenTimeout: '5s', stallTimeout: null },
  version: 3,
  createdAt: T0,
  updatedAt: T0,
  ...over,
})
