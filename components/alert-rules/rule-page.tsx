'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { ruleForm } from '#lib/view/rule-form.ts'
import { DeleteRuleDialog } from './delete-rule-dialog.tsx'
import { RuleEditor } from './rule-editor.tsx'

/** One stored rule, to edit. */
export function RulePage({ id }: { id: string }) {
  const router = useRouter()
  const { data: rule, error } = useQuery(alertQueries.rule(id))
  const [isDeleting, setDeleting] = useState(false)
  if (rule === undefined) {
    return (
      <>
        <PageHeading title="Alert rule" />
        <Panel title="Rule" minHeight={480} condition={waitingCondition(error)} />
      </>
    )
  }
  return (
    <>
      <PageHeading
        title={rule.name}
        actions={
          <Button needs="alerts.write" onClick={() => setDeleting(true)}>
            Delete…
          </Button>
        }
      >
        Version {rule.version}, since <Time at={rule.updatedAt} show="full" />. Changes apply when saved.
      </PageHeading>
      <RuleEditor key={id} initial={ruleForm(rule)} rule={rule} />
      {isDeleting && (
        <DeleteRuleDialog
          rule={rule}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.replace('/settings/alert-rules')}
        />
      )}
    </>
  )
}
