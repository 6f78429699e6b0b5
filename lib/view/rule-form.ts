import {
  type AlertConditionInput,
  alertConditionSchema,
  inputOfCondition,
} from '#lib/contract/alert-condition.ts'
import type { CreateRule, ReplaceRule, RuleConfig } from '#lib/contract/alert-rule.ts'
import { formatDuration } from '#lib/contract/duration.ts'
import { type ConditionType, DEFAULT_CONDITIONS } from '#lib/domain/alerts/condition.ts'
import type { Severity } from '#lib/domain/alerts/incident.ts'
import { type NoDataMode, RULE_DEFAULTS, type RuleScope } from '#lib/domain/alerts/rule.ts'
import { sameJson } from './provider-form-input.ts'

/** One pair of burn-rate windows as its form holds it. */
export type BurnWindowForm = { factor: number | null; long: string; short: string }

/** A condition as its form holds it: the parameters of every type, of which only those of `type` are sent. */
export type RuleConditionForm = {
  type: ConditionType
  openings: number | null
  window: string
  below: number | null
  minSamples: number | null
  above: string
  objective: number | null
  windows: BurnWindowForm[]
  atMost: number | null
  share: number | null
  of: 'spent' | 'projected'
  within: string
}

/** A rule as its form holds it; the names are the schema's. */
export type RuleForm = {
  name: string
  enabled: boolean
  severity: Severity
  condition: RuleConditionForm
  /** `tags` are separated by commas. */
  scope: { type: RuleScope['type']; ids: string[]; tags: string }
  for: string
  keepFiring: string
  noData: NoDataMode
  /** Null: all that are enabled. */
  channels: string[] | null
  runbookUrl: string
}

const BLANK: Omit<RuleConditionForm, 'type'> = {
  openings: null,
  window: '5m',
  below: null,
  minSamples: null,
  above: '',
  objective: null,
  windows: [],
  atMost: null,
  share: null,
  of: 'projected',
  within: '',
}

/** A condition's form with the parameters that the type has unless somebody sets others. */
export const newCondition = (type: ConditionType): RuleConditionForm =>
  conditionForm(inputOfCondition(DEFAULT_CONDITIONS[type]))

const conditionForm = (input: AlertConditionInput): RuleConditionForm => ({
  ...BLANK,
  ...structuredClone(input),
})

/** The form of a new rule that looks for that. */
export const newRuleForm = (type: ConditionType, name = ''): RuleForm => ({
  name,
  enabled: RULE_DEFAULTS.isEnabled,
  severity: RULE_DEFAULTS.severity,
  condition: newCondition(type),
  scope: { type: 'all', ids: [], tags: '' },
  for: formatDuration(RULE_DEFAULTS.forMs),
  keepFiring: formatDuration(RULE_DEFAULTS.keepFiringMs),
  noData: RULE_DEFAULTS.noData,
  channels: null,
  runbookUrl: '',
})

/** The form of a rule as it is stored. */
export function ruleForm(rule: RuleConfig): RuleForm {
  const { name, enabled, severity, condition, scope, keepFiring, noData, channels, runbookUrl } = rule
  return {
    name,
    enabled,
    severity,
    condition: conditionForm(condition),
    scope: {
      type: scope.type,
      ids: 'ids' in scope ? [...scope.ids] : [],
      tags: 'tags' in scope ? scope.tags.join(', ') : '',
    },
    for: rule.for,
    keepFiring,
    noData,
    channels: channels === null ? null : [...channels],
    runbookUrl: runbookUrl ?? '',
  }
}

/** The form as the server wants a new rule; the shared schema judges it. */
export const createRuleInput = (form: RuleForm): CreateRule => ({
  name: form.name.trim(),
  enabled: form.enabled,
  severity: form.severity,
  condition: conditionInput(form.condition),
  scope: scopeInput(form.scope),
  for: form.for.trim(),
  keepFiring: form.keepFiring.trim(),
  noData: form.noData,
  channels: form.channels,
  runbookUrl: form.runbookUrl.trim() === '' ? null : form.runbookUrl.trim(),
})

/** The form as the server wants a stored rule's new content. */
export const replaceRuleInput = (form: RuleForm, expectedVersion: number): ReplaceRule => ({
  expectedVersion,
  ...createRuleInput(form),
})

/** Whether both forms say the same to the server. */
export const isSameRule = (a: RuleForm, b: RuleForm): boolean =>
  sameJson(createRuleInput(a), createRuleInput(b))

const PARAMETERS = new Map(
  alertConditionSchema.options.map(({ shape }) => [shape.type.value, Object.keys(shape)]),
)

/** The names of what can be set of a condition. */
export const parametersOf = (type: ConditionType): string[] =>
  (PARAMETERS.get(type) ?? []).filter((name) => name !== 'type')

// A number that is not written yet is null, which the schema then complains of at its field.
function conditionInput(form: RuleConditionForm): AlertConditionInput {
  const { type } = form
  const parameters = parametersOf(type).map((name) => [name, form[name as keyof RuleConditionForm]])
  return { type, ...Object.fromEntries(parameters) } as AlertConditionInput
}

function scopeInput({ type, ids, tags }: RuleForm['scope']): CreateRule['scope'] {
  if (type === 'tags') return { type, tags: tagsOf(tags) }
  return type === 'all' ? { type } : { type, ids }
}

const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
]

/** What each field is called. */
export const RULE_LABELS: Record<keyof RuleForm, string> = {
  name: 'Name',
  enabled: 'Enabled',
  severity: 'Severity',
  condition: 'What it looks for',
  scope: 'About whom',
  for: 'Bad for',
  keepFiring: 'Good for',
  noData: 'Without data',
  channels: 'Channels',
  runbookUrl: 'Runbook',
}
