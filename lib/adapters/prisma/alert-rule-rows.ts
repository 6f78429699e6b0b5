import type { AlertRule as RuleRow, Prisma } from '#prisma/generated/client.ts'
import { inputOfRule, keptRuleSchema, ruleOfInput } from '#lib/contract/alert-rule.ts'
import type { RuleRecord } from '#lib/services/alerts/records.ts'
import { json, storedTime, timeValue } from './stored-values.ts'

/** A rule as its row. */
export const ruleRow = ({
  rule,
  channels,
  version,
  createdAt,
  updatedAt,
}: RuleRecord): Prisma.AlertRuleCreateInput => ({
  id: rule.id,
  document: json(inputOfRule(rule, channels)),
  version,
  createdAt: timeValue(createdAt),
  updatedAt: timeValue(updatedAt),
})

/** The rule that a row stands for. Throws when the row is not one. */
export function ruleOfRow({ id, document, version, createdAt, updatedAt }: RuleRow): RuleRecord {
  const input = keptRuleSchema.parse(document)
  return {
    rule: ruleOfInput(id, input),
    channels: input.channels,
    version,
    createdAt: storedTime.parse(createdAt),
    updatedAt: storedTime.parse(updatedAt),
  }
}
