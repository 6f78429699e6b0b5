'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider } from 'react-hook-form'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ComplaintSummary } from '#components/settings/complaint-summary.tsx'
import { EditorFoot } from '#components/settings/editor-foot.tsx'
import styles from '#components/settings/provider-editor.module.css'
import { LeaveGuard } from '#components/ui/leave-guard.tsx'
import { ReadOnlyWithout } from '#components/ui/read-only.tsx'
import { toasts } from '#components/ui/toasts.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { fieldLabel } from '#lib/view/form-sides.ts'
import { isSameRule, RULE_LABELS, ruleForm, type RuleForm } from '#lib/view/rule-form.ts'
import { BackTestPanel } from './back-test-panel.tsx'
import { RuleChangedMeanwhile } from './rule-changed-meanwhile.tsx'
import { RuleCondition } from './rule-condition.tsx'
import { RuleIdentity } from './rule-identity.tsx'
import { RuleScopeFields } from './rule-scope-fields.tsx'
import { RuleTiming } from './rule-timing.tsx'
import { RuleTold } from './rule-told.tsx'
import { useRuleForm } from './use-rule-form.ts'
import { useSaveRule } from './use-save-rule.ts'

type Props = {
  initial: RuleForm
  /** The rule as it is stored; null for a new one. */
  rule: RuleConfig | null
}

/** A rule's one form, for a new one and for a stored one alike. */
export function RuleEditor({ initial, rule }: Props) {
  const [stored, setStored] = useState(rule)
  const form = useRuleForm(initial)
  const values = form.watch()
  const saving = useSaveRule(form, stored)
  const router = useRouter()
  const before = stored === null ? initial : ruleForm(stored)
  const isDirty = !isSameRule(values, before)

  const take = (next: RuleConfig, shown: RuleForm) => {
    setStored(next)
    form.reset(shown)
    saving.forget()
  }

  const save = () =>
    saving.save(({ rule: next, persisted }) => {
      take(next, ruleForm(next))
      toasts.add({
        title: `Alert rule ${next.name} is ${stored === null ? 'in force' : 'changed'}`,
        description: persistedNote(persisted),
      })
      if (stored === null) router.replace(`/settings/alert-rules/${encodeURIComponent(next.id)}`)
    })

  return (
    <FormProvider {...form}>
      <div className={styles.form}>
        <ComplaintSummary labelOf={(path) => fieldLabel(RULE_LABELS, path)} />
        <ReadOnlyWithout needs="alerts.write">
          <RuleIdentity />
          <RuleCondition />
          <RuleScopeFields />
          <RuleTiming />
          <RuleTold />
        </ReadOnlyWithout>
        <BackTestPanel form={form} values={values} />
        <EditorFoot
          needs="alerts.write"
          create={stored === null ? 'Create the rule' : null}
          unsaved="Not saved yet: alerts go on as before"
          isDirty={isDirty}
          saving={saving}
          onSave={save}
          onDiscard={() => form.reset(before)}
        >
          {stored !== null && <RuleChangedMeanwhile stored={stored} mine={form.getValues} onChosen={take} />}
        </EditorFoot>
      </div>
      <LeaveGuard
        when={isDirty}
        what={stored === null ? 'This new alert rule' : `Your changes of ${stored.name}`}
      />
    </FormProvider>
  )
}
