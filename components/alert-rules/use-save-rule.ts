'use client'

import { useMutation } from '@tanstack/react-query'
import type { UseFormReturn } from 'react-hook-form'
import { useFormSave } from '#components/settings/use-form-save.ts'
import { alertMutations, type SavedRule } from '#lib/client/alert-mutations.ts'
import { alertQueries } from '#lib/client/alert-queries.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { createRuleInput, replaceRuleInput, type RuleForm } from '#lib/view/rule-form.ts'

/** Saves the form as a new rule or over the stored one. */
export function useSaveRule(form: UseFormReturn<RuleForm>, stored: RuleConfig | null) {
  const create = useMutation(alertMutations.createRule())
  const replace = useMutation(alertMutations.replaceRule(stored?.id ?? ''))
  return useFormSave<RuleForm, SavedRule>(form, {
    send: (values) =>
      stored === null
        ? create.mutateAsync(createRuleInput(values))
        : replace.mutateAsync(replaceRuleInput(values, stored.version)),
    inForce: stored && alertQueries.rule(stored.id),
  })
}
