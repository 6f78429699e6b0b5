import { describe, expect, it } from 'vitest'
import { createRuleSchema, type RuleConfig } from '#lib/contract/alert-rule.ts'
import { CONDITION_TYPES } from '#lib/domain/alerts/condition.ts'
import { fieldLabel, rebaseForm, sideConflicts } from './form-sides.ts'
import {
  createRuleInput,
  isSameRule,
  newCondition,
  newRuleForm,
  parametersOf,
  replaceRuleInput,
  RULE_LABELS,
  ruleForm,
} from './rule-form.ts'

const stored: RuleConfig = {
  id: 'r1',
  name: 'Slow',
  enabled: false,
  severity: 'info',
  condition: { type: 'latency_p95', above: '3s', window: '5m', minSamples: 10 },
  scope: { type: 'tags', tags: ['eu', 'prod'] },
  for: '60s',
  keepFiring: '2m',
  noData: 'fire',
  channels: ['hook'],
  runbookUrl: 'https://runbooks.example.com/slow',
  version: 3,
  createdAt: '2026-11-28T10:00:00.000Z',
  updatedAt: '2026-11-28T10:00:00.000Z',
}

describe('the form of a rule', () => {
  it.each(CONDITION_TYPES)('is right from the beginning: %s', (type) => {
    const input = createRuleInput(newRuleForm(type, 'A name'))
    expect(createRuleSchema.parse(input)).toEqual(input)
  })

  it('comes back as it was stored', () => {
    const { id, version, createdAt, updatedAt, ...content } = stored
    expect([id, createdAt, updatedAt]).toHaveLength(3)
    expect(replaceRuleInput(ruleForm(stored), version)).toEqual({ expectedVersion: 3, ...content })
  })

  it('sends nothing that its condition has not', () => {
    const form = { ...newRuleForm('no_traffic', 'Quiet'), condition: newCondition('circuit_flapping') }
    form.condition.below = 0.5
    expect(createRuleInput(form).condition).toEqual({ type: 'circuit_flapping', openings: 3, window: '15m' })
    expect(parametersOf('monitor_impaired')).toEqual([])
  })

  it('does not share what is edited with the defaults', () => {
    newCondition('burn_rate').windows.pop()
    expect(newCondition('burn_rate').windows).toHaveLength(2)
  })

  it('reads tags between commas, each once, and an empty link as none', () => {
    const form = ruleForm(stored)
    const input = createRuleInput({
      ...form,
      runbookUrl: ' ',
      scope: { ...form.scope, tags: ' eu,, east coast ,eu' },
    })
    expect(input).toMatchObject({ runbookUrl: null, scope: { type: 'tags', tags: ['eu', 'east coast'] } })
  })

  it('has only the ids of providers and routes', () => {
    const scope = { type: 'routes' as const, ids: ['chat'], tags: 'eu' }
    expect(createRuleInput({ ...ruleForm(stored), scope }).scope).toEqual({ type: 'routes', ids: ['chat'] })
    expect(createRuleInput({ ...ruleForm(stored), scope: { ...scope, type: 'all' } }).scope).toEqual({
      type: 'all',
    })
  })

  it('is the same where it says the same to the server', () => {
    const form = ruleForm(stored)
    expect(isSameRule(form, { ...form, name: 'Slow ' })).toBe(true)
    expect(isSameRule(form, { ...form, condition: { ...form.condition, share: 2 } })).toBe(true)
    expect(isSameRule(form, { ...form, channels: null })).toBe(false)
  })
})

describe('two people in one form', () => {
  const base = ruleForm(stored)
  const mine = { ...base, severity: 'critical' as const, for: '0s' }
  const theirs = { ...base, name: 'Slower', for: '5m' }

  it('are told who changed what', () => {
    expect(sideConflicts(RULE_LABELS, { base, mine, theirs })).toEqual([
      { label: 'Name', by: 'theirs' },
      { label: 'Severity', by: 'mine' },
      { label: 'Bad for', by: 'both' },
    ])
  })

  it('have my changes over theirs', () => {
    expect(rebaseForm(RULE_LABELS, { base, mine, theirs })).toEqual({
      ...theirs,
      severity: 'critical',
      for: '0s',
    })
  })

  it('have names for their fields', () => {
    expect(fieldLabel(RULE_LABELS, 'scope.ids.0')).toBe('About whom')
    expect(fieldLabel(RULE_LABELS, 'elsewhere')).toBe('elsewhere')
  })
})
