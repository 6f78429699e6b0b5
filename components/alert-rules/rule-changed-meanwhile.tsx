'use client'

import { useQuery } from '@tanstack/react-query'
import { FormChangedMeanwhile } from '#components/settings/form-changed-meanwhile.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { rebaseForm, sideConflicts } from '#lib/view/form-sides.ts'
import { RULE_LABELS, ruleForm, type RuleForm } from '#lib/view/rule-form.ts'

type Props = {
  stored: RuleConfig
  mine: () => RuleForm
  onChosen: (latest: RuleConfig, values: RuleForm) => void
}

/** Says that others changed the rule since the form was opened, and shows both sides. */
export function RuleChangedMeanwhile({ stored, mine, onChosen }: Props) {
  const { data: latest } = useQuery(alertQueries.rule(stored.id))
  if (latest === undefined) return null
  const theirs = ruleForm(latest)
  const sides = () => ({ base: ruleForm(stored), mine: mine(), theirs })
  return (
    <FormChangedMeanwhile
      name={latest.name}
      began={stored.version}
      latest={latest.version}
      conflicts={() => sideConflicts(RULE_LABELS, sides())}
      onTheirs={() => onChosen(latest, theirs)}
      onMine={() => onChosen(latest, rebaseForm(RULE_LABELS, sides()))}
    />
  )
}
