import { z } from 'zod'
import { createRuleSchema, replaceRuleSchema, ruleConfigSchema } from '#lib/contract/alert-rule.ts'
import { backTestResultSchema, backTestSchema } from '#lib/contract/back-test.ts'
import { pageOf } from '#lib/contract/check.ts'
import {
  createSilenceSchema,
  matcherSchema,
  matchPreviewSchema,
  silenceViewSchema,
} from '#lib/contract/silence.ts'
import { operation } from '../operation.ts'
import { deletion } from './deletion.ts'
import { pageShape } from './queries.ts'

const ruleParams = z.object({ id: z.string().meta({ description: "The rule's id." }) })
const changed = z.object({ rule: ruleConfigSchema, persisted: z.boolean() })

export const readAlertRules = operation({
  method: 'GET',
  path: '/api/alerts/rules',
  access: 'console.read',
  tag: 'alerts',
  summary: 'All alert rules, by name.',
  query: z.object(pageShape),
  answer: pageOf(ruleConfigSchema),
})

export const createAlertRule = operation({
  method: 'POST',
  path: '/api/alerts/rules',
  access: 'alerts.write',
  tag: 'alerts',
  summary: 'Adds an alert rule, in force with the next evaluation.',
  body: createRuleSchema,
  answer: changed,
  status: 201,
  mayBePending: true,
  idempotent: true,
})

export const backTestAlertRule = operation({
  method: 'POST',
  path: '/api/alerts/rules/back-test',
  access: 'console.read',
  tag: 'alerts',
  summary:
    'When a rule would have fired over what was recorded; changes nothing. At most 200,000 stretches of history and 20,000 transitions are looked at.',
  body: backTestSchema,
  answer: backTestResultSchema,
  limit: 'read',
})

export const readAlertRule = operation({
  method: 'GET',
  path: '/api/alerts/rules/{id}',
  access: 'console.read',
  tag: 'alerts',
  summary: 'One alert rule.',
  params: ruleParams,
  answer: ruleConfigSchema,
  errors: ['not_found'],
})

export const replaceAlertRule = operation({
  method: 'PUT',
  path: '/api/alerts/rules/{id}',
  access: 'alerts.write',
  tag: 'alerts',
  summary: 'Gives a rule other content; refused when others did so in the meantime.',
  params: ruleParams,
  body: replaceRuleSchema,
  answer: changed,
  mayBePending: true,
  errors: ['not_found', 'conflict'],
})

export const deleteAlertRule = operation({
  ...deletion,
  path: '/api/alerts/rules/{id}',
  access: 'alerts.write',
  tag: 'alerts',
  summary: 'Takes a rule out of force; alarms of it are over.',
  params: ruleParams,
})

export const readSilences = operation({
  method: 'GET',
  path: '/api/alerts/silences',
  access: 'console.read',
  tag: 'alerts',
  summary: 'Silences and maintenance windows, those in force first.',
  query: z.object(pageShape),
  answer: pageOf(silenceViewSchema),
})

export const createSilence = operation({
  method: 'POST',
  path: '/api/alerts/silences',
  access: 'silences.write',
  tag: 'alerts',
  summary: 'Silences alerts that match: once, or again and again.',
  body: createSilenceSchema,
  answer: z.object({ silence: silenceViewSchema, persisted: z.boolean() }),
  status: 201,
  mayBePending: true,
  idempotent: true,
})

export const previewSilence = operation({
  method: 'POST',
  path: '/api/alerts/silences/preview',
  access: 'console.read',
  tag: 'alerts',
  summary: 'Which alerts some matchers would silence now; changes nothing.',
  body: z.strictObject({ matchers: z.array(matcherSchema).max(20) }),
  answer: matchPreviewSchema,
  limit: 'read',
})

export const deleteSilence = operation({
  ...deletion,
  path: '/api/alerts/silences/{id}',
  access: 'silences.write',
  tag: 'alerts',
  summary: 'Ends a silence now.',
  params: z.object({ id: z.string().meta({ description: "The silence's id." }) }),
})
