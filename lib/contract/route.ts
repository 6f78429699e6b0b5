import { z } from 'zod'
import type { Member, Route, RouteLimits } from '#lib/domain/routing/route.ts'
import { durationSchema, msOf, textOfMs } from './duration.ts'
import { idSchema, prioritySchema, weightSchema } from './provider.ts'
import { maxAttemptsSchema, timeoutSchema } from './settings.ts'
import { inputOfStrategy, strategyErrors, strategyOfInput, strategySchema } from './strategy.ts'

/** A route's name: it stands in paths and, as `route:NAME`, for a model. */
export const routeNameSchema = idSchema

/** A model name as requests write it, or a prefix of one that ends in `*`. */
export const modelPatternSchema = z
  .string()
  .trim()
  .min(1, 'write a model name, or a prefix that ends in *')
  .max(200, 'at most 200 characters')
  .regex(/^(?!route:)[^*\s]*\*?$/, 'one word; * only at its end; not route:')

export const memberSchema = z.strictObject({
  providerId: z.string().min(1, 'choose a provider'),
  model: z.string().trim().min(1).max(200).nullish(),
  weight: weightSchema.nullish(),
  priority: prioritySchema.nullish(),
})

/** How long a whole request may take, all attempts together, where its route does not say. */
export const DEFAULT_REQUEST_TIMEOUT_MS = 600_000

/** A route's own limits; what is null or missing comes from the settings, `timeout` from the default above. */
export const routeLimitsSchema = z.strictObject({
  maxAttempts: maxAttemptsSchema.nullish(),
  timeout: durationSchema(1_000, 3_600_000).nullish(),
  firstTokenTimeout: timeoutSchema.nullish(),
  stallTimeout: timeoutSchema.nullish(),
})

const routeShape = {
  models: z.array(modelPatternSchema).max(100, 'at most 100 models'),
  members: z.array(memberSchema).min(1, 'choose at least one provider').max(200, 'at most 200 members'),
  strategy: strategySchema,
  limits: routeLimitsSchema.optional(),
}

type RouteShape = z.infer<z.ZodObject<typeof routeShape>>

/** The complaints about a route whose parts are fine alone but not together, each at its own path. */
export function routeErrors(
  route: Pick<RouteShape, 'members' | 'strategy'>,
): { path: (string | number)[]; message: string }[] {
  const ids = route.members.map(({ providerId }) => providerId)
  const twice = ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [{ path: ['members', index, 'providerId'], message: `${id} is a member already` }]
      : [],
  )
  return [
    ...twice,
    ...strategyErrors(route.strategy, { members: new Set(ids), path: ['strategy'], depth: 1 }),
  ]
}

function refuseMisfits(route: RouteShape, context: z.core.$RefinementCtx) {
  for (const { path, message } of routeErrors(route)) context.addIssue({ code: 'custom', path, message })
}

/** A new route. */
export const createRouteSchema = z
  .strictObject({ name: routeNameSchema, ...routeShape })
  .superRefine(refuseMisfits)
export type CreateRoute = z.infer<typeof createRouteSchema>

/** A route's new content; a stale `expectedVersion` is refused. */
export const replaceRouteSchema = z
  .strictObject({ expectedVersion: z.int(), ...routeShape })
  .superRefine(refuseMisfits)
export type ReplaceRoute = z.infer<typeof replaceRouteSchema>

/** A route as it is read. */
export const routeConfigSchema = z.object({
  name: z.string(),
  ...routeShape,
  limits: routeLimitsSchema,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type RouteConfig = z.infer<typeof routeConfigSchema>

/** The domain's route of what a schema has accepted. */
export function routeOfInput(
  input: RouteShape,
  facts: Pick<Route, 'name' | 'version' | 'createdAt' | 'updatedAt'>,
): Route {
  return {
    ...facts,
    models: input.models,
    members: input.members.map(
      ({ providerId, model = null, weight = null, priority = null }) =>
        ({ providerId, model, weight, priority }) satisfies Member,
    ),
    strategy: strategyOfInput(input.strategy),
    limits: {
      maxAttempts: input.limits?.maxAttempts ?? null,
      timeoutMs: msOf(input.limits?.timeout),
      firstTokenTimeoutMs: msOf(input.limits?.firstTokenTimeout),
      stallTimeoutMs: msOf(input.limits?.stallTimeout),
    } satisfies RouteLimits,
  }
}

/** The route as the wire writes it. */
export function inputOfRoute(route: Route): RouteConfig {
  return {
    name: route.name,
    models: [...route.models],
    members: route.members.map((member) => ({ ...member })),
    strategy: inputOfStrategy(route.strategy),
    limits: {
      maxAttempts: route.limits.maxAttempts,
      timeout: textOfMs(route.limits.timeoutMs),
      firstTokenTimeout: textOfMs(route.limits.firstTokenTimeoutMs),
      stallTimeout: textOfMs(route.limits.stallTimeoutMs),
    },
    version: route.version,
    createdAt: new Date(route.createdAt).toISOString(),
    updatedAt: new Date(route.updatedAt).toISOString(),
  }
}
