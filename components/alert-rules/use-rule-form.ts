'use client'

import type { UseFormReturn } from 'react-hook-form'
import { judgeBy, useJudgedForm } from '#components/settings/use-judged-form.ts'
import { createRuleSchema } from '#lib/contract/alert-rule.ts'
import { createRuleInput, type RuleForm } from '#lib/view/rule-form.ts'

/** Judges the form by the schema the server uses. */
const judge = judgeBy<RuleForm>(createRuleSchema, createRuleInput)

/** The state of a rule's form. */
export const useRuleForm = (initial: RuleForm): UseFormReturn<RuleForm> => useJudgedForm(initial, judge)
