'use client'

import { PageHeading } from '#components/settings/page-heading.tsx'
import type { ConditionType } from '#lib/domain/alerts/condition.ts'
import { newRuleForm } from '#lib/view/rule-form.ts'
import { CONDITION_FACTS } from '#lib/view/rule-words.ts'
import { RuleEditor } from './rule-editor.tsx'
import { RulePresets } from './rule-presets.tsx'

/** A new rule: first what it looks for, then its form. */
export function NewRulePage({ preset }: { preset: ConditionType | null }) {
  return (
    <>
      <PageHeading title="New alert rule">
        {preset === null
          ? 'A rule looks for one thing, about whom you say, and tells whom you choose.'
          : `${CONDITION_FACTS[preset].note}. Nothing is in force before you save.`}
      </PageHeading>
      {preset === null ? (
        <RulePresets />
      ) : (
        <RuleEditor
          key={preset}
          initial={{
            ...newRuleForm(preset, CONDITION_FACTS[preset].label),
            severity: CONDITION_FACTS[preset].severity,
          }}
          rule={null}
        />
      )}
    </>
  )
}
