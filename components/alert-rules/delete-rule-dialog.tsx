'use client'

import { useMutation } from '@tanstack/react-query'
import { DeleteDialog } from '#components/settings/delete-dialog.tsx'
import { alertMutations } from '#lib/client/alert-mutations.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'

type Props = { rule: RuleConfig; onClose: () => void; onDeleted?: () => void }

/** Asks before a rule is deleted. */
export function DeleteRuleDialog({ rule, onClose, onDeleted }: Props) {
  const remove = useMutation(alertMutations.deleteRule(rule.id))
  return (
    <DeleteDialog
      what={`alert rule ${rule.name}`}
      effect="It looks for nothing any more, and alarms that it has raised are over. Its incidents stay."
      done={`Deleted: alert rule ${rule.name}`}
      remove={remove}
      onClose={onClose}
      onDeleted={onDeleted}
    />
  )
}
