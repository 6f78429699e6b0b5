import { z } from 'zod'
import { SEVERITIES } from '#lib/domain/alerts/incident.ts'
import { NO_DATA_MODES, RULE_DEFAULTS, type Rule, subjectTypeOf } from '#lib/domain/alerts/rule.ts'
import { alertConditionSchema, conditionOfInput, inputOfCondition } from './alert-condition.ts'
import { durationSchema, formatDuration, parseDuration } from './duration.ts'
import { linkSchema } from './link.ts'
import { nameSchema } from './name.ts'

const DAY_MS = 86_400_000

const names = (what: string) =>
  z.array(z.string().trim().min(1).max(200)).min(1, `choose at least one ${what}`).max(500, 'at most 500')

/** Whom a rule is about. */
export const ruleScopeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all') }),
  z.strictObject({ type: z.literal('providers'), ids: names('provider') }),
  z.strictObject({ type: z.literal('tags'), tags: names('tag') }),
  z.strictObject({ type: z.literal('routes'), ids: names('route') }),
])

const ruleShape = {
  name: z.string(),
  enabled: z.boolean().default(RULE_DEFAULTS.isEnabled),
  severity: z.enum(SEVERITIES).default(RULE_DEFAULTS.severity),
  scope: ruleScopeSchema.default(RULE_DEFAULTS.scope),
  condition: alertConditionSchema,
  /** How long it must be bad before it fires, and through two evaluations; `0s`: at the first. */
  for: durationSchema(0, DAY_MS).default(formatDuration(RULE_DEFAULTS.forMs)),
  /** How long it must be good before it is over, and in three rounds of checks; `0s`: at the first. */
  keepFiring: durationSchema(0, DAY_MS).default(formatDuration(RULE_DEFAULTS.keepFiringMs)),
  /** Ids of the channels that are told; null: all that are enabled. */
  channels: z.array(z.string().min(1)).max(50, 'at most 50').nullable().default(null),
  runbookUrl: linkSchema.nullable().default(RULE_DEFAULTS.runbookUrl),
  noData: z.enum(NO_DATA_MODES).default(RULE_DEFAULTS.noData),
}

type RuleShape = z.output<z.ZodObject<typeof ruleShape>>

/** What a condition is about must be within what its scope can name. */
function refuseMisfit(rule: Pick<RuleShape, 'scope' | 'condition'>, context: z.core.$RefinementCtx) {
  const isOfRoutes = rule.scope.type === 'routes'
  const about = subjectTypeOf({ scope: rule.scope, condition: conditionOfInput(rule.condition) })
  if (isOfRoutes && about !== 'route')
    context.addIssue({ code: 'custom', path: ['scope'], message: 'this condition is not about routes' })
  if (about === 'route' && !isOfRoutes && rule.scope.type !== 'all')
    context.addIssue({ code: 'custom', path: ['scope'], message: 'this condition is about routes' })
}

/** A new rule; what is left out takes a default. */
export const createRuleSchema = z.strictObject({ ...ruleShape, name: nameSchema }).superRefine(refuseMisfit)
export type CreateRule = z.infer<typeof createRuleSchema>

/** A rule's new content; a stale `expectedVersion` is refused. */
export const replaceRuleSchema = z
  .strictObject({ expectedVersion: z.int(), ...ruleShape, name: nameSchema })
  .superRefine(refuseMisfit)
export type ReplaceRule = z.infer<typeof replaceRuleSchema>

/** A rule as it is kept: its name may be from before the rule for names. */
export const keptRuleSchema = z.strictObject(ruleShape).superRefine(refuseMisfit)

/** A rule as it is read. */
export const ruleConfigSchema = z.object({
  id: z.string(),
  ...ruleShape,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type RuleConfig = z.infer<typeof ruleConfigSchema>

/** The domain's rule of what a schema has accepted. */
export function ruleOfInput(id: string, input: RuleShape): Rule {
  const { name, enabled, severity, scope, condition, runbookUrl, noData } = input
  return {
    id,
    name,
    isEnabled: enabled,
    severity,
    scope,
    condition: conditionOfInput(condition),
    forMs: parseDuration(input.for) ?? RULE_DEFAULTS.forMs,
    keepFiringMs: parseDuration(input.keepFiring) ?? RULE_DEFAULTS.keepFiringMs,
    runbookUrl,
    noData,
  }
}

/** The content of a rule as the API writes it. */
export function inputOfRule(rule: Rule, channels: readonly string[] | null): CreateRule {
  const { name, isEnabled, severity, scope, runbookUrl, noData } = rule
  return {
    name,
    enabled: isEnabled,
    severity,
    scope: structuredClone(scope) as CreateRule['scope'],
    condition: inputOfCondition(rule.condition),
    for: formatDuration(rule.forMs),
    keepFiring: formatDuration(rule.keepFiringMs),
    channels: channels === null ? null : [...channels],
    runbookUrl,
    noData,
  }
}
