'use client'

import { useQuery } from '@tanstack/react-query'
import { FormChangedMeanwhile } from '#components/settings/form-changed-meanwhile.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { RULE_LABELS, ruleForm, type RuleForm } from '#lib/view/rule-form.ts'

type Props = {
  stored: RuleConfig
  mine: () => RuleForm
  onChosen: (latest: RuleConfig, values: RuleForm) => void
}

/** Says that others changed the rule since the form was opened, and shows both sides. */
export function RuleChangedMeanwhile(props: Props) {
  const reading = useQuery(alertQueries.rule(props.stored.id))
  return (
    <FormChangedMeanwhile
      {...props}
      reading={reading}
      latest={reading.data}
      labels={RULE_LABELS}
      formOf={ruleForm}
    />
  )
}
