import { z } from 'zod'
import { OUTCOME_CLASSES } from '#lib/domain/outcome.ts'
import { DROP_REASONS } from '#lib/domain/routing/candidate.ts'
import { REASON_CODES } from '#lib/domain/routing/decision.ts'
import { GATEWAY_APIS } from '#lib/domain/routing/request-facts.ts'
import { STRATEGY_TYPES } from '#lib/domain/routing/route.ts'

const time = z.iso.datetime()

/** One member's part in a decision. `score` is in the strategy's own unit, `weight` its part of the choice, 0..1. */
export const candidateSchema = z.object({
  providerId: z.string(),
  model: z.string().nullable(),
  eligible: z.boolean(),
  drop: z.enum(DROP_REASONS).nullable(),
  reason: z.string(),
  score: z.number().nullable(),
  weight: z.number().nullable(),
})
export type CandidateView = z.infer<typeof candidateSchema>

/** One upstream try. */
export const attemptSchema = z.object({
  providerId: z.string(),
  model: z.string(),
  at: time,
  class: z.enum(OUTCOME_CLASSES),
  httpStatus: z.int().nullable(),
  latencyMs: z.number(),
  firstTokenMs: z.number().nullable(),
  error: z.string().nullable(),
  reason: z.string(),
})
export type AttemptView = z.infer<typeof attemptSchema>

/** What `select` hands out to the one that carries the call; it is given back with the outcome. */
export const permitSchema = z.object({ token: z.string(), trial: z.boolean(), expiresAt: time })

/** The record of one selection: every candidate, why each was dropped, who won and why, and what became of it. */
export const decisionSchema = z.object({
  id: z.string(),
  requestId: z.string().nullable(),
  at: time,
  route: z.string(),
  strategy: z.enum(STRATEGY_TYPES),
  rule: z.string().nullable(),
  variant: z.string().nullable(),
  model: z.string(),
  chosen: z.string().nullable(),
  reason: z.string(),
  reasonCode: z.enum(REASON_CODES),
  panic: z.boolean(),
  tookUs: z.number(),
  /** When nobody was chosen: the earliest time that one may be; null when no time is known. */
  returnsAt: time.nullable(),
  candidates: z.array(candidateSchema),
  attempts: z.array(attemptSchema),
  permit: permitSchema.nullable(),
})
export type DecisionView = z.infer<typeof decisionSchema>

const count = z.int('a whole number').min(0, 'at least 0')
const text = z.string().max(500, 'at most 500 characters')

/** A request as another gateway describes it; what it leaves out decides nothing. */
export const selectSchema = z.strictObject({
  model: z.string().trim().min(1).max(200).optional(),
  /** The API it is called through: only members whose provider has a path for it may take it; without it any may. */
  api: z.enum(GATEWAY_APIS).optional(),
  region: text.optional(),
  userId: text.optional(),
  sessionId: text.optional(),
  /** Input tokens; without it a quarter of `requestBytes`, as our own gateway takes it. */
  estimatedTokens: count.max(100_000_000, 'at most 100000000').optional(),
  requestBytes: count.optional(),
  headers: z.record(z.string().max(200).toLowerCase(), text).optional(),
  metadata: z.record(z.string().max(200), text).optional(),
  /** Providers not to choose: those tried already. */
  exclude: z.array(z.string()).max(200).optional(),
  /** Decides without effect: no permit, no turn taken, nothing recorded. */
  dryRun: z.boolean().optional(),
  /** With `dryRun`: providers whose circuits are taken for open. */
  supposeOpen: z.array(z.string()).max(200).optional(),
})
export type SelectInput = z.infer<typeof selectSchema>

/** What became of a route's decisions lately, by member. */
export const memberShareSchema = z.object({
  providerId: z.string(),
  /** The model's name there; null: the requested one. */
  model: z.string().nullable(),
  /** What the route means it to have, all members eligible, 0..1; null where the strategy shares nothing out. */
  configuredShare: z.number().nullable(),
  /** What it had of the decisions of the last hour, 0..1; null without any. */
  actualShare: z.number().nullable(),
  /** The same, one hour before. */
  earlierShare: z.number().nullable(),
  decisions: z.int(),
  eligible: z.boolean(),
  drop: z.enum(DROP_REASONS).nullable(),
  reason: z.string(),
})

/** A route as the routing page shows it. */
export const routeStateSchema = z.object({
  name: z.string(),
  models: z.array(z.string()),
  strategy: z.enum(STRATEGY_TYPES),
  eligibleMembers: z.int(),
  members: z.array(memberShareSchema),
  /** Of the last hour. */
  requests: z.object({
    count: z.int(),
    failed: z.int(),
    failedOver: z.int(),
    panics: z.int(),
    noneEligible: z.int(),
  }),
  /** Results of each variant of an A/B test, of the last hour. */
  variants: z.array(
    z.object({
      name: z.string(),
      percent: z.number(),
      count: z.int(),
      successRate: z.number().nullable(),
      averageLatencyMs: z.number().nullable(),
    }),
  ),
})
export type RouteState = z.infer<typeof routeStateSchema>
export const routingStateSchema = z.object({
  asOf: time,
  routes: z.array(routeStateSchema),
  /** Where applications send their requests; null while the gateway is off. */
  gatewayUrl: z.string().nullable(),
})
export type RoutingState = z.infer<typeof routingStateSchema>

/** How often each reason chose each provider, since the database was made. */
export const decisionCountSchema = z.object({
  route: z.string(),
  /** Null: nobody was chosen. */
  providerId: z.string().nullable(),
  reasonCode: z.enum(REASON_CODES),
  count: z.int(),
})
